#!/usr/bin/env bash
# The edition for macOS without Python. UNTESTED: written from the documentation of the tools, and not run on macOS yet.
#
#   packaging/macos/make.sh
#
# Needs Python 3.11 or newer (python.org or Homebrew) and the Xcode command line tools. Makes dist/genstudio-VERSION-macos-MACHINE with
# the command, dist/GenStudio.app, and a disk image. IDENTITY="Developer ID Application: ..." signs the application with that identity;
# without one it is signed for this Mac alone, and other Macs ask before they open it (Control-click, Open).
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" packaging/build.py --work "$work"
rm -rf dist/GenStudio.app
ditto "$work/frozen/GenStudio.app" dist/GenStudio.app
codesign --force --deep --options runtime --sign "${IDENTITY:--}" dist/GenStudio.app
codesign --verify --deep --strict dist/GenStudio.app
dist/GenStudio.app/Contents/MacOS/genstudio --version
version=$(dist/GenStudio.app/Contents/MacOS/genstudio --version | awk '{ print $2 }')
mkdir "$work/image"
ditto dist/GenStudio.app "$work/image/GenStudio.app"
ln -s /Applications "$work/image/Applications"
hdiutil create -volname GenStudio -srcfolder "$work/image" -format UDZO -ov "dist/genstudio-$version-macos-$(uname -m).dmg"
