; An installer for Windows, made by Inno Setup 6 (iscc). UNTESTED. make.ps1 calls it with /DVersion=... /DFolder=...
[Setup]
AppId={{6C0E1B0C-6F0B-4E5B-9C0E-3A9A4D7C2F51}
AppName=GenStudio
AppVersion={#Version}
AppPublisher=GenStudio contributors
DefaultDirName={autopf}\GenStudio
DefaultGroupName=GenStudio
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile={#Folder}\LICENSE
OutputBaseFilename=genstudio-{#Version}-windows-setup
Compression=lzma2/normal
SolidCompression=yes
ChangesAssociations=yes

[Files]
Source: "{#Folder}\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\GenStudio"; Filename: "{app}\GenStudio Window.exe"

[Registry]
Root: HKA; Subkey: "Software\Classes\.genstudio"; ValueType: string; ValueData: "GenStudio.Project"; Flags: uninsdeletevalue
Root: HKA; Subkey: "Software\Classes\GenStudio.Project"; ValueType: string; ValueData: "GenStudio project"; Flags: uninsdeletekey
Root: HKA; Subkey: "Software\Classes\GenStudio.Project\shell\open\command"; ValueType: string; ValueData: """{app}\GenStudio Window.exe"" gui ""%1"""
Root: HKA; Subkey: "Software\Classes\.mid\OpenWithProgids"; ValueType: string; ValueName: "GenStudio.Project"; ValueData: ""; Flags: uninsdeletevalue
