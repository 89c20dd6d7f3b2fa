#!/usr/bin/env bash
# Takes the pictures of a report in its forms for the manual, with QUARTERLIGHT_PROGRAM and a
# QUARTERLIGHT_DATABASE that has the borough: forms.sh 2026-Q3. It needs LibreOffice, with a type as
# wide as Arial (fonts-liberation), poppler-utils and ImageMagick.
set -euo pipefail
quarter="$1"
pictures="$(cd "$(dirname "$0")/../../docs/pictures" && pwd)"
folder="$(mktemp -d)"
trap 'rm -r "$folder"' EXIT
cd "$folder"
"$QUARTERLIGHT_PROGRAM" report "$quarter" --pdf report.pdf --docx word.docx --xlsx excel.xlsx --csv csv.csv
soffice --headless --convert-to pdf word.docx excel.xlsx >/dev/null 2>&1

# So many pages of a file from this one, side by side, in few colours.
pages() {
  pdftoppm -r 56 -f "$3" -l "$(($3 + $4 - 1))" -png "$1" "$2"
  montage "$2"-*.png -tile "$5" -geometry +8+8 -background '#b1b4b6' joined.png
  convert joined.png -colors 48 -strip "PNG8:$pictures/report-$2.png"
}
pages report.pdf pdf 1 6 3x2
pages word.pdf word 1 6 3x2
pages excel.pdf excel "${2:-15}" 6 3x2

head -n 40 csv.csv | cut -c 1-70 | sed 's/^\xef\xbb\xbf//' > lines.txt
soffice --headless --convert-to pdf lines.txt >/dev/null 2>&1
pdftoppm -r 90 -f 1 -l 1 -singlefile -png lines.pdf lines
convert lines.png -trim -bordercolor white -border 12 -colors 16 -strip "PNG8:$pictures/report-csv.png"
