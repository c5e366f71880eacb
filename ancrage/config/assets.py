"""Which files reach the browser.

Plain data: the settings read it, and so does the wheel builder, which knows no Django.
"""

# Files of npm packages, by the name they take under static/vendor/.
NPM_FILES = {
    "figtree-latin.woff2": "@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2",
    "figtree-latin-ext.woff2": (
        "@fontsource-variable/figtree/files/figtree-latin-ext-wght-normal.woff2"
    ),
    "fraunces-latin.woff2": "@fontsource-variable/fraunces/files/fraunces-latin-opsz-normal.woff2",
}

# The sheets of every page, in the order of their layers; production joins them into one file.
STYLE_SHEETS = [
    "css/tokens.css",
    "css/base.css",
    "css/structure.css",
    "css/actions.css",
    "css/forms.css",
    "css/filters.css",
    "css/feedback.css",
    "css/content.css",
    "css/tables.css",
    "css/figures.css",
    "css/maps.css",
    "css/public.css",
    "css/adaptation.css",
    "css/impression.css",
]
SCRIPTS = ["js/menu.js", "js/combobox.js", "js/swap.js", "js/page.js"]
JOINED_FILES = {"css/pages.css": STYLE_SHEETS, "js/pages.js": SCRIPTS}
