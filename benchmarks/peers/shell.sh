#!/bin/sh
# What a system administrator writes: a recording with chapters of each page, by espeak-ng and ffmpeg.
# shell.sh SECTIONS OUTPUT: SECTIONS has a folder for each page with a text file for each section.
set -eu
for page in "$1"/*/; do
    name=$(basename "$page")
    work="$2/work/$name"
    mkdir -p "$work"
    : > "$work/list.txt"
    printf ';FFMETADATA1\ntitle=%s\n' "$name" > "$work/meta.txt"
    start=0
    for text in "$page"*.txt; do
        title=$(basename "$text" .txt)
        espeak-ng -v en-us -s 125 -f "$text" -w "$work/$title.wav"
        length=$(ffprobe -v error -show_entries format=duration -of csv=p=0 "$work/$title.wav")
        end=$(awk "BEGIN { printf \"%d\", $start + $length * 1000 }")
        printf '[CHAPTER]\nTIMEBASE=1/1000\nSTART=%s\nEND=%s\ntitle=%s\n' "$start" "$end" "$title" >> "$work/meta.txt"
        printf "file '%s.wav'\n" "$title" >> "$work/list.txt"
        start=$end
    done
    ffmpeg -v error -y -f concat -i "$work/list.txt" -i "$work/meta.txt" -map_metadata 1 -b:a 64k "$2/$name.mp3"
done
