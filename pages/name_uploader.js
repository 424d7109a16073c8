// Streamlit says of the place where files are dropped both that it is nothing ("presentation") and what it is called.
// A screen reader is told that it is a group of that name.
export default function () {
  const tell = () => {
    for (const place of document.querySelectorAll('[data-testid="stFileUploaderDropzone"][role="presentation"]')) {
      place.setAttribute("role", "group");
    }
  };
  tell();
  const watching = new MutationObserver(tell);
  watching.observe(document.body, { childList: true, subtree: true });
  return () => watching.disconnect();
}
