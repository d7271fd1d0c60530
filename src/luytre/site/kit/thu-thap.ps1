# Thu thập nhật ký máy Windows vào thư mục nhat-ky của bộ này.
# Mở PowerShell bằng quyền quản trị rồi chạy:  powershell -ExecutionPolicy Bypass -File thu-thap.ps1
param([int]$Days = 30)
$ErrorActionPreference = 'Continue'
$out = Join-Path (Join-Path $PSScriptRoot 'nhat-ky') $env:COMPUTERNAME
New-Item -ItemType Directory -Force -Path $out | Out-Null
$span = $Days * 86400000
$query = "*[System[TimeCreated[timediff(@SystemTime) <= $span]]]"
$logs = @(
  'Security', 'System', 'Application',
  'Microsoft-Windows-Sysmon/Operational',
  'Microsoft-Windows-PowerShell/Operational',
  'Microsoft-Windows-TaskScheduler/Operational',
  'Microsoft-Windows-TerminalServices-LocalSessionManager/Operational',
  'Microsoft-Windows-Windows Defender/Operational'
)
foreach ($log in $logs) {
  $file = Join-Path $out (($log -replace '[\\/ ]', '_') + '.evtx')
  wevtutil.exe epl $log $file "/q:$query" /ow:true 2>$null
  if ($LASTEXITCODE -eq 0) { Write-Output "Đã lấy $log" } else { Write-Output "Không lấy được $log (không có, hoặc thiếu quyền)" }
}
$iis = Join-Path $env:SystemDrive 'inetpub\logs\LogFiles'
if (Test-Path $iis) { Copy-Item -Path $iis -Destination (Join-Path $out 'iis') -Recurse -Force }
Write-Output 'Xong. Mang ổ USB về máy có Python, chạy: sh san-lung.sh'
