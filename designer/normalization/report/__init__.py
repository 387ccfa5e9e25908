"""What is known of relations, for people and for programs: text, JSON, Markdown and HTML, all showing the work."""
