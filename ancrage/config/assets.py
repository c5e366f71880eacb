"""Files of npm packages that reach the browser, by the name they take under static/vendor/.

Plain data: the settings read it, and so does the wheel builder, which knows no Django.
"""

NPM_FILES = {
    "figtree-latin.woff2": "@fontsource-variable/figtree/files/figtree-latin-wght-normal.woff2",
    "figtree-latin-ext.woff2": (
        "@fontsource-variable/figtree/files/figtree-latin-ext-wght-normal.woff2"
    ),
    "fraunces-latin.woff2": "@fontsource-variable/fraunces/files/fraunces-latin-opsz-normal.woff2",
}
