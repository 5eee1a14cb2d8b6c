// A page that was opened from a file: modules and requests are blocked there, so say why.

if (location.protocol === "file:") document.getElementById("local").hidden = false;
