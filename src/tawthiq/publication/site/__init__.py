"""The public site: static pages of the published incidents in Arabic and English, which need no server and no foreign file.

Start at `writing.write_site`. Everything is made of records.disclosure.DisclosedIncident of the public profile: what is not in
these records cannot stand on a page. docs/public-site.md tells the layout of the folder and the rules that hold for each page.
"""
