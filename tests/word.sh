#!/usr/bin/env bash
# Word documents by programs that are not ours: python-docx makes them, LibreOffice reads the copies. Skipped aloud where
# either cannot be had. Debian: apt-get install --no-install-recommends libreoffice-writer-nogui
set -euo pipefail
cd "$(dirname "$0")/.."
command -v soffice > /dev/null || { echo "tests/word.sh: skipped, there is no LibreOffice (soffice)"; exit 0; }
cargo build --locked --quiet
venv=target/word-venv
[ -x "$venv/bin/python" ] || python3 -m venv "$venv"
"$venv/bin/python" -c 'import docx' 2> /dev/null || "$venv/bin/pip" install --quiet 'python-docx==1.2.0' || {
    echo "tests/word.sh: skipped, python-docx cannot be installed"
    exit 0
}
# Documents that others made: the tests of a package that is under the BSD licence.
documents=target/word-documents
if [ ! -d "$documents" ] && command -v npm > /dev/null && archive=$(npm pack --silent --pack-destination target mammoth@1.13.0); then
    mkdir "$documents"
    tar --extract --file "target/$archive" --directory "$documents" --strip-components 3 package/test/test-data
fi
[ ! -d "$documents" ] || export ZHUBI_DOCUMENTS=$PWD/$documents
drafts=$PWD/samples
[ -d ../shared/marked/visible ] && drafts+=:$PWD/../shared/marked/visible
ZHUBI=$PWD/target/debug/zhubi ZHUBI_DRAFTS=$drafts "$venv/bin/python" -m unittest discover --start-directory tests/word "$@"
