// The page of a request that support is checking: loaded anew when it was decided. Without this script the button
// «Обновить» does the same.
(() => {
  const stream = new EventSource('/recover/identity/events');
  stream.addEventListener('state', (event) => {
    if (event.data === 'waiting') return;
    stream.close();
    location.reload();
  });
})();
