// A state that only a pointer or a key brings about is shown without either: what the
// style sheets say of :hover and :focus holds for [data-state] as well.
const shown = (selector) =>
  selector
    .replaceAll(":focus-within", '[data-state="focus"]')
    .replaceAll(":focus-visible", '[data-state="focus"]')
    .replaceAll(":hover", '[data-state="hover"]');

for (const sheet of document.styleSheets) {
  for (const rule of [...sheet.cssRules]) {
    if (rule.selectorText && shown(rule.selectorText) !== rule.selectorText) {
      const body = rule.cssText.slice(rule.cssText.indexOf("{"));
      sheet.insertRule(shown(rule.selectorText) + body, sheet.cssRules.length);
    }
  }
}
