"""The review desk: a web page on this machine where staff read, hear, correct, approve and publish drafts.

`server` lets nobody in but the browser that was given the address; `screens` shows, `acts` does what a form asks
for. Everything that is shown, heard and decided on is the draft as it would be published.
"""
