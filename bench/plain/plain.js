// The comparison page's rules: what a careful page of plain HTML and JavaScript would check, and nothing more.
const digits = (text) => text.replace(/[\s\u00a0()\-]/g, '');
const weighted = (number, weights) => weights.reduce((sum, weight, i) => sum + weight * number[i], 0);

const name = (text) => {
  if (/\d/.test(text)) return 'Введите буквы: цифр в имени не бывает';
  if (!/^[А-ЯЁа-яё' -]+$/.test(text)) return 'Введите русскими буквами, как в паспорте';
  if (!/^[А-ЯЁ]/.test(text)) return 'Начните с большой буквы';
  return '';
};
const date = (text) => {
  const found = /^(\d\d)\.(\d\d)\.(\d{4})$/.exec(text.trim());
  if (!found) return 'Введите дату так: 21.03.1985';
  const [day, month, year] = found.slice(1).map(Number);
  const made = new Date(Date.UTC(year, month - 1, day));
  if (made.getUTCMonth() !== month - 1 || made.getUTCDate() !== day) return 'Проверьте день и месяц: такой даты нет';
  if (year < 1900 || made > Date.now()) return 'Проверьте год';
  return '';
};
const exactly = (count, words) => (text) => (new RegExp(`^\\d{${count}}$`).test(digits(text)) ? '' : words);
const atLeast = (count, words) => (text) => (text.trim().length >= count ? '' : words);

const RULES = {
  last_name: name,
  first_name: name,
  middle_name: name,
  birth_date: date,
  passport_series: exactly(4, 'Введите четыре цифры серии'),
  passport_number: exactly(6, 'Введите шесть цифр номера'),
  passport_issue_date: date,
  passport_department_code: exactly(6, 'Введите шесть цифр кода'),
  passport_issuer: atLeast(10, 'Введите, кем выдан паспорт, как в нём написано'),
  snils: (text) => {
    const number = digits(text);
    if (!/^\d{11}$/.test(number)) return 'Введите 11 цифр СНИЛС';
    const control = (weighted(number, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101) % 100;
    return control === Number(number.slice(9)) ? '' : 'Сверьте СНИЛС: последние две цифры не подходят к первым девяти';
  },
  inn: (text) => {
    const number = digits(text);
    if (!/^\d{12}$/.test(number)) return 'Введите 12 цифр ИНН';
    const eleventh = (weighted(number, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10;
    const twelfth = (weighted(number, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10;
    return eleventh === Number(number[10]) && twelfth === Number(number[11]) ? '' : 'Сверьте ИНН: последние цифры не подходят к остальным';
  },
  phone: (text) => (/^(\+?7|8)?9\d{9}$/.test(digits(text)) ? '' : 'Введите мобильный телефон: +7 и десять цифр'),
  email: (text) => (/^[^\s@]+@[^\s@]+\.[^\s@.]{2,}$/.test(text.trim()) ? '' : 'Введите адрес с @ и точкой: anna@example.ru'),
  registration_postcode: exactly(6, 'Введите шесть цифр индекса'),
  registration_address: atLeast(10, 'Введите населённый пункт, улицу и дом'),
};
const OPTIONAL = new Set(['middle_name', 'inn']);

const form = document.getElementById('rehearsal');

function show(input, words) {
  document.getElementById(`${input.id}-error`).textContent = words;
  if (words) input.setAttribute('aria-invalid', 'true');
  else input.removeAttribute('aria-invalid');
}

form.addEventListener('focusout', ({ target }) => {
  const rule = RULES[target.id];
  if (rule && target.value.trim()) show(target, rule(target.value));
});
form.addEventListener('input', ({ target }) => {
  const rule = RULES[target.id];
  if (rule && target.hasAttribute('aria-invalid') && !rule(target.value)) show(target, '');
});
form.addEventListener('submit', (event) => {
  event.preventDefault();
  let first;
  for (const [id, rule] of Object.entries(RULES)) {
    const input = document.getElementById(id);
    const empty = !input.value.trim();
    const words = empty ? (OPTIONAL.has(id) ? '' : 'Заполните это поле') : rule(input.value);
    show(input, words);
    if (words) first ??= input;
  }
  document.getElementById('good').hidden = Boolean(first);
  first?.focus();
});

// Only the copy under /offline/ lives behind a service worker.
if (location.pathname.startsWith('/offline/')) navigator.serviceWorker.register('/offline/sw.js');
