#!/bin/sh
# Săn lùng trong nhat-ky/ mà không cần mạng, rồi đóng gói có chữ ký: ketqua.html để xem, goi-*.zip để mang về nhập.
set -eu
here=$(CDPATH= cd -- "$(dirname -- "$0")" && pwd)
cd "$here"
wants=$(cat lib/python.txt)
has=$(python3 -c 'import sys; print("%d.%d" % sys.version_info[:2])' 2>/dev/null || echo "chưa có")
[ "$has" = "$wants" ] || { echo "Cần Python $wants trên Linux, máy này: $has. Dùng máy khác, hoặc tạo bộ khác bằng Python $has."; exit 2; }
[ -n "$(find nhat-ky -type f 2>/dev/null | head -n 1)" ] || { echo "Chưa có nhật ký trong nhat-ky/. Chạy thu-thap.sh hoặc thu-thap.ps1 trước."; exit 2; }
code=0
PYTHONPATH="$here/lib" XDG_CACHE_HOME="$here/.cache" python3 -m luytre.core.hunt.field nhat-ky --rules rules || code=$?
echo "Xem ketqua.html. Mang tệp goi-*.zip về máy chủ: luytre kit --import TỆP"
exit "$code"
