#!/bin/sh
# Checks and measures the CUDA backend on this machine's GPU, and writes docs/benchmarks-gpu.md:
#   ./gradus bench --device [--only tck|goldens|bench] [--python PATH] [--goldens DIR]
#                           [--markdown FILE] [--small] [--stand-in]
# For a GPU's machine without Maven or a JDK, make one file with all that is needed, and run there
# what it unpacks, with the same options:
#   ./gradus bench --device --pack FILE.tar.gz
#   tar xzf FILE.tar.gz && gradus-gpu/run.sh
set -eu
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd -P)

goldens=auto
python=
pack=
markdown=
only=
small=
stand_in=
while [ $# -gt 0 ]; do
  case $1 in
    --goldens) goldens=$2; shift ;;
    --python) python=$2; shift ;;
    --markdown) markdown=$2; shift ;;
    --only) only=$2; shift ;;
    --pack) pack=$2; shift ;;
    --small) small=--small ;;
    --stand-in) stand_in=io.gradus.backend.cuda.standin.OnStandIn ;;
    *) sed -n '2,9p' "$0" >&2; exit 64 ;;
  esac
  shift
done

# `gradus` builds, and says what to run with which JDK; a packed folder has both beside this file.
if [ -d "$here/runtime" ]; then
  java=$here/runtime/bin/java
  classes=$(find "$here/classes" -mindepth 1 -maxdepth 1 | sort | tr '\n' ':')
  : "${markdown:=benchmarks-gpu.md}"
elif [ -n "${GRADUS_GPU_CLASSES:-}" ]; then
  java=$GRADUS_GPU_JDK/bin/java
  classes=$GRADUS_GPU_CLASSES
  : "${markdown:=$here/../docs/benchmarks-gpu.md}"
else
  echo "on-hardware.sh: run ./gradus bench --device, which builds first" >&2
  exit 64
fi

if [ -n "$pack" ]; then
  folder=$(mktemp -d)
  trap 'rm -rf "$folder"' EXIT
  into=$folder/gradus-gpu
  mkdir -p "$into/classes"
  "$GRADUS_GPU_JDK/bin/jlink" --output "$into/runtime" --strip-debug --no-header-files --no-man-pages \
    --add-modules java.base,java.logging,java.management,java.xml,jdk.incubator.vector,jdk.jfr,jdk.unsupported
  number=100
  echo "$classes" | tr ':' '\n' | while read -r part; do
    number=$((number + 1))
    # The order stays as it is; folders and jars that are not there are nobody's loss.
    [ ! -e "$part" ] || cp -R "$part" "$into/classes/$number-$(basename "$part")"
  done
  cp "$here/on-hardware.sh" "$into/run.sh"
  cp "$here/pytorch_gpu.py" "$into/"
  tar -C "$folder" -czf "$pack" gradus-gpu
  echo "made $pack: $(($(wc -c <"$pack") / 1000000)) MB"
  exit 0
fi

run() {
  # shellcheck disable=SC2086
  "$java" -XX:+UseG1GC --add-modules jdk.incubator.vector --enable-native-access=ALL-UNNAMED \
    ${GRADUS_JAVA_OPTS:-} "$@"
}

answers=
if [ -n "$python" ]; then
  answers=$(mktemp)
  # One after the other: nothing else may use the GPU meanwhile.
  "$python" "$here/pytorch_gpu.py" $small >"$answers" || echo "PyTorch failed: Gradus alone" >&2
fi

status=0
if [ "$only" != goldens ]; then
  run -cp "$classes" $stand_in io.gradus.backend.cuda.hardware.OnHardware --markdown "$markdown" \
    ${answers:+--peer "$answers"} ${only:+--only "$only"} $small || status=$?
  [ "$status" != 69 ] || exit 69
fi

# PyTorch's answers: those that are committed, or a whole folder of them.
if [ -z "$only" ] || [ "$only" = goldens ]; then
  said=$(mktemp)
  run -Dgradus.goldens.device=cuda:0 -cp "$classes" $stand_in io.gradus.golden.Goldens \
    "$goldens" /dev/null >"$said" || status=1
  cat "$said"
  printf '\n- PyTorch'"'"'s answers on cuda:0: %s\n' \
    "$(sed -n 's/^goldens: \(forward .*\)/\1/p' "$said")" >>"$markdown"
fi
echo "wrote $markdown"
exit "$status"
