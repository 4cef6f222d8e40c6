"""The languages of the site: addresses, translations, what a page says of them."""
