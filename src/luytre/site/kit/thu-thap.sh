#!/bin/sh
# Thu thập nhật ký máy Linux vào thư mục nhat-ky/ của bộ này. Chạy bằng quyền quản trị: sudo sh thu-thap.sh
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
host=$(hostname)
days=${1:-30}
out="$here/nhat-ky/$host"
echo "Máy: $host. Thu nhật ký $days ngày gần nhất vào $out"
[ "$(id -u)" = 0 ] || echo "CẢNH BÁO: không có quyền quản trị, sẽ thiếu tệp."
mkdir -p "$out"
for place in /var/log/auth.log /var/log/secure /var/log/syslog /var/log/messages /var/log/audit /var/log/nginx /var/log/apache2 /var/log/httpd; do
  [ -e "$place" ] || continue
  find "$place" -type f -mtime "-$days" | while IFS= read -r file; do
    name=$(printf '%s' "$file" | tr '/' '_')
    cp -p -- "$file" "$out/$name" 2>/dev/null || echo "Không đọc được: $file"
  done
done
if command -v journalctl >/dev/null 2>&1; then
  journalctl -o json --since "-${days}d" > "$out/journal.json" 2>/dev/null || echo "Không đọc được journald"
fi
echo "Xong: $(find "$out" -type f | wc -l) tệp. Bước tiếp: sh san-lung.sh"
