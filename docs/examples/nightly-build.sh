#!/bin/bash
# Builds the project in the folder $1 and copies what is published to the folder $2, if it is whole.
# Says nothing where nothing changed. Ends as `voicegen build` does; docs/reference/exit-codes.md says what to do.
set -u
project=${1:?the folder of the project}
public=${2:?the folder to publish in}

said=$(voicegen -C "$project" build --plain 2>&1)
code=$?
if [ "$code" -gt 1 ] || ! grep -q " 0 files written" <<< "$said"; then
    echo "$said"
fi
if [ "$code" -gt 1 ]; then
    exit "$code"
fi

# A whole new folder takes the old one's place: readers see the old pages or the new ones, never a mix.
rm -rf "$public.new"
cp -r "$project/output" "$public.new"
voicegen verify "$public.new" > /dev/null || exit 1
rm -rf "$public.old"
if [ -e "$public" ]; then
    mv "$public" "$public.old"
fi
mv "$public.new" "$public"
rm -rf "$public.old"
exit "$code"
