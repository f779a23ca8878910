package io.gradus.backend.cpu.contract;

import io.gradus.backend.cpu.Workers;
import java.util.Arrays;

/** Matrix products of integers, which wrap. */
final class IntegerProducts {
  private IntegerProducts() {}

  static void multiply(
      int[] a,
      int ia,
      int ars,
      int acs,
      int[] b,
      int ib,
      int brs,
      int bcs,
      int[] c,
      int ic,
      int crs,
      int ccs,
      int m,
      int n,
      int k) {
    Workers.run(
        m,
        Math.max(1, (1 << 16) / Math.max(1, (long) n * k)),
        (from, to) -> {
          int[] row = new int[n];
          for (int i = (int) from; i < to; i++) {
            Arrays.fill(row, 0);
            for (int p = 0; p < k; p++) {
              int x = a[ia + i * ars + p * acs];
              int q = ib + p * brs;
              for (int j = 0; j < n; j++) {
                row[j] += x * b[q + j * bcs];
              }
            }
            for (int j = 0; j < n; j++) {
              c[ic + i * crs + j * ccs] = row[j];
            }
          }
        });
  }

  static void multiply(
      long[] a,
      int ia,
      int ars,
      int acs,
      long[] b,
      int ib,
      int brs,
      int bcs,
      long[] c,
      int ic,
      int crs,
      int ccs,
      int m,
      int n,
      int k) {
    Workers.run(
        m,
        Math.max(1, (1 << 16) / Math.max(1, (long) n * k)),
        (from, to) -> {
          long[] row = new long[n];
          for (int i = (int) from; i < to; i++) {
            Arrays.fill(row, 0);
            for (int p = 0; p < k; p++) {
              long x = a[ia + i * ars + p * acs];
              int q = ib + p * brs;
              for (int j = 0; j < n; j++) {
                row[j] += x * b[q + j * bcs];
              }
            }
            for (int j = 0; j < n; j++) {
              c[ic + i * crs + j * ccs] = row[j];
            }
          }
        });
  }
}
