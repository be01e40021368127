"""Pages in HTML and Markdown, by one set of templates."""
