package io.gradus.backend.cuda.emulator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The kernels of {@code samples.cu}, as nvcc compiled them, against the same in Java. */
class NvccSamplesTest {
  private static final int N = 3000;

  private final Random random = new Random(11);
  private final Rig rig = new Rig(samples()).shuffled(3);

  private static String samples() {
    try (InputStream in = NvccSamplesTest.class.getResourceAsStream("samples.ptx")) {
      return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  @AfterEach
  void nothingIsFound() {
    assertEquals("[]", rig.findings.list().toString());
  }

  private float[] floats(int n, double scale) {
    float[] all = new float[n];
    for (int i = 0; i < n; i++) {
      all[i] = (float) (random.nextGaussian() * scale);
    }
    return all;
  }

  private float[] wholeFloats(int n) {
    float[] all = new float[n];
    for (int i = 0; i < n; i++) {
      all[i] = random.nextInt(21) - 10;
    }
    return all;
  }

  @Test
  void saxpy() {
    float[] x = floats(N, 1);
    float[] y = floats(N, 1);
    long py = rig.put(y);
    rig.run("saxpy", 12, 256, rig.put(x), py, 1.7f, N);
    float[] want = new float[N];
    for (int i = 0; i < N; i++) {
      want[i] = Math.fma(1.7f, x[i], y[i]);
    }
    assertArrayEquals(want, rig.floats(py, N));
  }

  @Test
  void arithmeticInDoubles() {
    double[] x = random.doubles(N, -50, 50).toArray();
    double[] y = random.doubles(N, -50, 50).toArray();
    long out = rig.empty(8L * N);
    rig.run("arithmetic", 3, 128, rig.put(x), rig.put(y), out, N);
    double[] want = new double[N];
    for (int i = 0; i < N; i++) {
      double r = 1.0 / (Math.sqrt(Math.abs(x[i])) + 1.0);
      want[i] = x[i] / y[i] * r + (double) (long) (y[i] * 16.0);
    }
    assertArrayEquals(want, rig.doubles(out, N));
  }

  @Test
  void divisionAndRootInFloats() {
    float[] x = floats(N, 1e3);
    float[] y = floats(N, 1e-3);
    long out = rig.empty(4L * N);
    rig.run("exact", 24, 128, rig.put(x), rig.put(y), out, N);
    float[] want = new float[N];
    for (int i = 0; i < N; i++) {
      want[i] = (float) Math.sqrt(Math.abs(x[i] / y[i])) - 1 / y[i];
    }
    assertArrayEquals(want, rig.floats(out, N));
  }

  @Test
  void narrowFormats() {
    float[] x = floats(N, 30);
    long half = rig.empty(4L * N);
    long brain = rig.empty(4L * N);
    long whole = rig.empty(4L * N);
    rig.run("narrow", 24, 128, rig.put(x), half, brain, whole, N);
    float[] halves = rig.floats(half, N);
    float[] brains = rig.floats(brain, N);
    int[] wholes = rig.ints(whole, N);
    for (int i = 0; i < N; i++) {
      int b = Float.floatToRawIntBits(x[i]);
      assertEquals(Float.float16ToFloat(Float.floatToFloat16(x[i])), halves[i]);
      assertEquals(Float.intBitsToFloat(b + 0x7fff + (b >>> 16 & 1) >>> 16 << 16), brains[i]);
      assertEquals(
          (int) Math.rint(x[i]) + (int) Math.ceil(x[i]) * 3 + (byte) (int) x[i], wholes[i]);
    }
  }

  @Test
  void functionsOfTheLibrary() {
    float[] x = floats(N, 3);
    long out = rig.empty(4L * N);
    rig.run("functions", 24, 128, rig.put(x), out, N);
    float[] got = rig.floats(out, N);
    for (int i = 0; i < N; i++) {
      double a = Math.abs(x[i]);
      double want = Math.tanh(x[i]) + Math.exp(-a) * Math.log(a + 1) + Math.sin(x[i]) + erf(x[i]);
      assertEquals(want, got[i], 2e-6, "of " + x[i]);
    }
  }

  /** By its Taylor series, which is good enough below 4; above the difference to 1 is nothing. */
  private static double erf(double x) {
    if (Math.abs(x) > 4) {
      return Math.signum(x);
    }
    double term = x;
    double sum = x;
    for (int n = 1; n < 80; n++) {
      term *= -x * x / n;
      sum += term / (2 * n + 1);
    }
    return 2 / Math.sqrt(Math.PI) * sum;
  }

  @Test
  void bits() {
    int[] x = random.ints(N).toArray();
    long[] y = random.longs(N).toArray();
    x[0] = 0;
    y[0] = 0;
    long out = rig.empty(8L * N);
    rig.run("bits", 24, 128, rig.put(x), rig.put(y), out, N);
    long[] want = new long[N];
    for (int i = 0; i < N; i++) {
      want[i] = bits(x[i], y[i]);
    }
    assertArrayEquals(want, rig.longs(out, N));
  }

  private static long bits(int a, long b) {
    long r =
        Integer.bitCount(a)
                + 31 * Integer.numberOfLeadingZeros(a)
                + Long.bitCount(b) * 7
                + Long.numberOfLeadingZeros(b) * 5
                + Integer.reverse(a)
            & 0xffffffffL;
    long both = b << 32 | a & 0xffffffffL;
    int[] selectors = {5, 1, 7, 3};
    long picked = 0;
    for (int i = 0; i < 4; i++) {
      picked |= (both >>> 8 * selectors[i] & 255) << 8 * i;
    }
    r ^= Math.unsignedMultiplyHigh(b, 0x9E3779B97F4A7C15L) + (picked << 7);
    int n = a & 31;
    int funnel = n == 0 ? (int) b : (int) b << n | a >>> 32 - n;
    r += (funnel & 0xffffffffL) * (a == 0 ? 0 : Integer.numberOfTrailingZeros(a) + 1);
    r ^=
        Long.remainderUnsigned(b, (a | 1) & 0xffffffffL)
            + Long.divideUnsigned(b, (a | 3) & 0xffffffffL)
            + (long) (a / 7)
            + (b >> (a & 63));
    r += (a & 0x0ff0) >>> 4 | a << 13 & b & 0xffffffffL ^ ~a & 0xffffffffL;
    return r;
  }

  @Test
  void rowSumsByShuffles() {
    int rows = 7;
    int columns = 333;
    float[] x = wholeFloats(rows * columns);
    long out = rig.empty(4L * rows);
    rig.run("rowsum", rows, 160, rig.put(x), out, columns);
    float[] want = new float[rows];
    for (int i = 0; i < x.length; i++) {
      want[i / columns] += x[i];
    }
    assertArrayEquals(want, rig.floats(out, rows));
  }

  @Test
  void matrixProductInSharedMemory() {
    int m = 37;
    int n = 21;
    int k = 50;
    float[] a = wholeFloats(m * k);
    float[] b = wholeFloats(k * n);
    long out = rig.empty(4L * m * n);
    rig.run(
        "matmul",
        new Launch.Dim(2, 3, 1),
        new Launch.Dim(16, 16, 1),
        0,
        rig.put(a),
        rig.put(b),
        out,
        m,
        n,
        k);
    float[] want = new float[m * n];
    for (int i = 0; i < m * n; i++) {
      for (int j = 0; j < k; j++) {
        want[i] += a[i / n * k + j] * b[j * n + i % n];
      }
    }
    assertArrayEquals(want, rig.floats(out, m * n));
  }

  @Test
  void histogramByAtomics() {
    byte[] x = new byte[5000];
    random.nextBytes(x);
    int[] want = new int[256];
    for (byte b : x) {
      want[b & 255]++;
    }
    long out = rig.put(new int[256]);
    rig.run(
        "histogram",
        new Launch.Dim(3, 1, 1),
        new Launch.Dim(96, 1, 1),
        1024,
        rig.put(x),
        out,
        x.length);
    assertArrayEquals(want, rig.ints(out, 256));
  }

  @Test
  void sortsInLocalMemory() {
    int each = 24;
    int threads = 70;
    int[] x = random.ints((long) each * threads, -50, 50).toArray();
    long out = rig.empty(4L * x.length);
    rig.run("sorted", 2, 64, rig.put(x), out, threads, each);
    int[] want = x.clone();
    for (int t = 0; t < threads; t++) {
      Arrays.sort(want, t * each, (t + 1) * each);
    }
    assertArrayEquals(want, rig.ints(out, x.length));
  }

  @Test
  void loopsThatEndAtDifferentTimes() {
    int n = 500;
    int[] x = random.ints(n, 1, 100_000).toArray();
    int[] want = new int[n];
    for (int i = 0; i < n; i++) {
      for (long v = x[i]; v != 1; v = v % 2 == 0 ? v / 2 : 3 * v + 1) {
        want[i]++;
      }
    }
    long out = rig.empty(4L * n);
    rig.run("collatz", 4, 128, rig.put(x), out, n);
    assertArrayEquals(want, rig.ints(out, n));
  }

  @Test
  void votesOfWarps() {
    int n = 128;
    int[] x = random.ints(n, -20, 120).toArray();
    x[70] = 7;
    long out = rig.empty(4L * n);
    rig.run("votes", 2, 64, rig.put(x), out);
    int[] want = new int[n];
    for (int i = 0; i < n; i++) {
      int first = i & ~31;
      int positive = 0;
      int same = 0;
      int odd = 0;
      boolean any = false;
      boolean all = true;
      for (int j = 0; j < 32; j++) {
        int v = x[first + j];
        positive |= (v > 0 ? 1 : 0) << j;
        same |= ((v & 3) == (x[i] & 3) ? 1 : 0) << j;
        odd |= (v & 1) << j;
        any |= v == 7;
        all &= v < 100;
      }
      want[i] = positive ^ same * 3 ^ ((any ? 2 : 0) | (all ? 1 : 0)) ^ ((x[i] & 1) == 0 ? 0 : odd);
    }
    assertArrayEquals(want, rig.ints(out, n));
  }
}
