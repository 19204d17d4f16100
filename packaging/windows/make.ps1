# The edition for Windows without Python. UNTESTED: written from the documentation of the tools, and not run on Windows yet.
#
#   powershell -ExecutionPolicy Bypass -File packaging\windows\make.ps1 [-Python python.exe]
#
# Needs Python 3.11 or newer of 64 bits from python.org. Makes dist\genstudio-VERSION-windows-amd64 and a .zip of it; and, where
# Inno Setup 6 (iscc.exe) is on the PATH, an installer.
param([string]$Python = "python")
$ErrorActionPreference = "Stop"
$root = Resolve-Path (Join-Path $PSScriptRoot "..\..")
& $Python (Join-Path $root "packaging\build.py")
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
$folder = Get-ChildItem (Join-Path $root "dist") -Directory -Filter "genstudio-*-windows-*" | Select-Object -First 1
& (Join-Path $folder.FullName "genstudio.exe") --version
if ($LASTEXITCODE -ne 0) { Write-Error "the program does not start"; exit 1 }
if (Get-Command iscc.exe -ErrorAction SilentlyContinue) {
    $version = $folder.Name.Split("-")[1]
    & iscc.exe "/DVersion=$version" "/DFolder=$($folder.FullName)" "/O$(Join-Path $root 'dist')" (Join-Path $PSScriptRoot "genstudio.iss")
    exit $LASTEXITCODE
}
Write-Output "Inno Setup is not installed, so there is a folder and a .zip, and no installer."
