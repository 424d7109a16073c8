// The page is in British English; and on a narrow screen, the button that opens the list of pages is called what it shows.
export default function () {
  document.documentElement.lang = "en-GB";
  const tell = () => {
    const button = document.querySelector('[data-testid="stExpandSidebarButton"]');
    if (button && button.getAttribute("aria-label") !== "Pages") button.setAttribute("aria-label", "Pages");
  };
  tell();
  const watching = new MutationObserver(tell);
  watching.observe(document.body, { childList: true, subtree: true });
  return () => watching.disconnect();
}
