"""What programs are told of the site: page heads, feeds, sitemaps."""
