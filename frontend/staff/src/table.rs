//! A list of things, one a row.

use leptos::prelude::*;

/// `class`: how it lies (`dense`, `stack`); a column without a name holds buttons.
pub fn table(class: &'static str, label: &'static str, columns: &[&'static str], rows: AnyView) -> AnyView {
    let head = columns
        .iter()
        .map(|name| match *name {
            "" => view! { <td></td> }.into_any(),
            name => view! { <th scope="col">{name}</th> }.into_any(),
        })
        .collect_view();
    view! {
        <div class=format!("table {class}") role="region" aria-label=label tabindex="0">
            <table>
                <thead>
                    <tr>{head}</tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}
