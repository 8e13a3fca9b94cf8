"""Texts of the kinds that attackers write, by what they are aimed at. `{canary}` stands for a file outside.

They are our own. Each has words in it that may be heard, as a page's author would hide an attack among words.
"""

from __future__ import annotations

from html import escape

ATTACKS: dict[str, tuple[str, ...]] = {
    "scripts in a page": (
        "Rest <script>document.title = 'owned'</script> well",
        "Look <img src=x onerror=\"document.title='owned'\"> here",
        "Drink</p><svg onload=document.title='owned'> water",
        "Call [us](javascript:document.title='owned') today",
        "Ice </title></style></script><iframe src=//evil.invalid></iframe> helps",
        "Sleep \" autofocus onfocus=\"document.title='owned' early",
        "Walk {{7*7}} {% include '/etc/passwd' %} daily",
    ),
    "ends of comments, sections and entities": (
        "Eat ]]> less & <oops/> salt",
        "Warm --> up <!-- slowly",
        'Wash <!--#exec cmd="touch {canary}"--> hands',
        "Breathe &lt;b&gt; &#0; &#xD800; &nosuch; deeply",
        "Lie <?xml version='1.1'?> down <?php system('id'); ?> now",
        'Stand <!ENTITY a SYSTEM "file:///etc/hostname"> up',
    ),
    "paths and names": (
        "../../{canary}",
        "/etc/passwd",
        "\\\\server\\share\\file",
        "C:\\Windows\\win.ini",
        "CON",
        "Aux.txt.",
        "~root/.ssh",
        "--output=elsewhere",
        "file:///etc/hostname",
    ),
    "commands": (
        "Rest $(touch {canary}) now",
        "Sit `touch {canary}` down",
        "Stop; touch {canary}",
        "Wait && touch {canary} || true",
        "Ask | tee {canary}",
        "Read %s %n %x ${HOME} %PATH%",
    ),
    "telephone systems": (
        "Hold ${SHELL(touch {canary})} the line",
        "Next exten => s,1,System(touch {canary}) please",
        "Press #include /etc/passwd now",
        "Then [default](+) follows",
        "Dial $${domain} ${system touch {canary}} today",
        "Dial $${base_dir} today",
        'Say <X-PRE-PROCESS cmd="exec" data="touch {canary}"/> it',
    ),
    "speech engines": (
        "Take [[h@l@U]] daily",
        "Take <prosody>slow</prosody> steps",
        'Take <audio src="file:///etc/passwd"/> care',
        "Take {{x}} \\pau=1000\\ time",
        '<speak><break time="600s"/>Rest</speak>',
        "Count ' ' ' ' ' ' ' ' slowly",
    ),
    "tables, feeds and subtitles": (
        "=HYPERLINK(A1)",
        "@SUM(1+1)*cmd|' /C calc'!A0",
        "Cue --> cue",
        "NOTE this is no cue",
        "WEBVTT",
        "X-TIMESTAMP-MAP=LOCAL:00:00:00.000",
        "[CHAPTER] START=5 a=b;c#d\\e",
        "#EXTINF:1,owned",
    ),
    "logs and headers": (
        "Cold Set-Cookie: a=1 feet",
        "INFO the build is finished",
        '{"outcome": "made", "x": [1, 2',
        "Authorization: Bearer not-a-key",
    ),
    "letters that mislead": (
        "Ill\u200bness and he\u00adalth",
        "A \u2067latipsoh\u2069 door",
        "A\u0301\u0302\u0303\u0304\u0305\u0306\u0307\u0308 pile",
        "\ufb01rst \u0130stanbul \u00df \u1e9e",
        "\U0001f468\u200d\U0001f469\u200d\U0001f467 and \ufe0f",
        "\u2028line\u2029 break",
        "\u05db\u05d0\u05d1 and pain",
        "Tag\U000e0041\U000e0042 end",
    ),
}
REFUSED = (
    "Rest \ufffd mg",
    "Caf\u00c3\u00a9 for 5 \u00c2\u00b5g",
    "Line \u0085 break",
)
"""Of which no page is published: part of the text is lost already, or it would not be heard as it is shown."""
HARMLESS = "Rest a while"
"""What stands in the place of each for comparison."""
MOST = max(map(len, ATTACKS.values()))


def document(*texts: str) -> str:
    """A page in HTML that shows each text as it is: in a heading, a paragraph, a list and a table."""

    parts = [
        f"<section><h2>{escape(text)} ({number})</h2><p>{escape(text)}.</p><ul><li>{escape(text)}</li>"
        f"<li>Second point</li></ul><table><tr><th>Sign</th><th>Meaning</th></tr><tr><td>{escape(text)}</td>"
        f"<td>It hurts</td></tr></table></section>"
        for number, text in enumerate((*texts, *[HARMLESS] * (MOST - len(texts))), 1)
    ]
    return (
        '<!DOCTYPE html><html lang="en"><head><title>Attack test</title></head><body><main><h1>Attack test</h1>'
        f"<p>Rest for 5 min.</p>{''.join(parts)}</main></body></html>"
    )
