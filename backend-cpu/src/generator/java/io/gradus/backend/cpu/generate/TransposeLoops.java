package io.gradus.backend.cpu.generate;

import io.gradus.tensor.dtype.ComputeType;
import java.util.Locale;

/**
 * Loops that turn rows into columns, element by element or square by square in registers.
 *
 * <p>2^k rows become columns by k perfect shuffles: each merges the first and the second half of
 * them alternately (H. S. Stone, "Parallel Processing with the Perfect Shuffle", 1971).
 */
final class TransposeLoops {
  private static final String PARAMETERS =
      "%s s, int at, int step, int rows, int columns, %s d, int o, int width";

  /** Rows of a scalar loop that are read side by side. */
  private static final int ROWS = 8;

  private final StringBuilder out = new StringBuilder();

  String scalars() {
    out.append(
        """
        package io.gradus.backend.cpu.lanes;

        import io.gradus.tensor.dtype.ComputeType;

        /** Rows that become columns, one element at a time. Generated. */
        @SuppressWarnings("all")
        final class ScalarTransposes {
          private ScalarTransposes() {}
        """);
    dispatcher();
    for (ComputeType type : ComputeType.values()) {
      scalar(type);
    }
    return out.append("}\n").toString();
  }

  String vectors() {
    out.append(
        """
        package io.gradus.backend.cpu.lanes;

        import io.gradus.tensor.dtype.ComputeType;
        import jdk.incubator.vector.*;

        /**
         * Rows that become columns, in squares with as many rows as a vector has lanes, which is at
         * least 256 bits long. The last squares overlap those before. Generated.
         */
        @SuppressWarnings("all")
        final class VectorTransposes {
          private static final IntVector I32_FIRSTS =
              IntVector.fromArray(LaneSpecies.I32, merged32(0), 0);
          private static final IntVector I32_SECONDS =
              IntVector.fromArray(LaneSpecies.I32, merged32(LaneSpecies.I32.length() / 2), 0);
          private static final LongVector I64_FIRSTS =
              LongVector.fromArray(LaneSpecies.I64, merged64(0), 0);
          private static final LongVector I64_SECONDS =
              LongVector.fromArray(LaneSpecies.I64, merged64(LaneSpecies.I64.length() / 2), 0);

          private VectorTransposes() {}
        """);
    merged(ComputeType.I32, "merged32");
    merged(ComputeType.I64, "merged64");
    dispatcher();
    for (ComputeType type : ComputeType.values()) {
      int least = Types.is64(type) ? 4 : 8;
      open("transpose", array(type));
      out.append("    if (").append(Types.species(type)).append(".length() == ").append(least);
      out.append(") {\n      squares").append(least).append(arguments("s", "d")).append(";\n");
      out.append("    } else {\n      squares").append(2 * least).append(arguments("s", "d"));
      out.append(";\n    }\n  }\n");
      squares(type, least);
      squares(type, 2 * least);
    }
    return out.append("}\n").toString();
  }

  private static String array(ComputeType type) {
    return Types.primitive(type) + "[]";
  }

  private static String arguments(String s, String d) {
    return "(" + s + ", at, step, rows, columns, " + d + ", o, width)";
  }

  private void open(String name, String array) {
    out.append("\n  private static void ").append(name).append("(");
    out.append(PARAMETERS.formatted(array, array)).append(") {\n");
  }

  /** {@code d[o + j * width + i] = s[at + i * step + j]} for arrays of a compute type. */
  private void dispatcher() {
    out.append("\n  static void transpose(\n      ComputeType type, ");
    out.append(PARAMETERS.formatted("Object", "Object")).append(") {\n    switch (type) {\n");
    for (ComputeType type : ComputeType.values()) {
      String cast = "(" + array(type) + ") ";
      out.append("      case ").append(type).append(" -> transpose");
      out.append(arguments(cast + "s", cast + "d")).append(";\n");
    }
    out.append("    }\n  }\n");
  }

  private void scalar(ComputeType type) {
    open("transpose", array(type));
    out.append("    int i = 0;\n    for (; i + ").append(ROWS).append(" <= rows; i += ");
    out.append(ROWS).append(") {\n      int p = at + i * step;\n");
    out.append("      for (int j = 0; j < columns; j++) {\n        int q = o + j * width + i;\n");
    for (int r = 0; r < ROWS; r++) {
      out.append("        d[q + %d] = s[p + %d * step + j];\n".formatted(r, r));
    }
    out.append(
        """
              }
            }
            for (; i < rows; i++) {
              for (int j = 0; j < columns; j++) {
                d[o + j * width + i] = s[at + i * step + j];
              }
            }
          }
        """);
  }

  /** The places in two vectors of whose elements, from one on, alternately one is taken of each. */
  private void merged(ComputeType type, String name) {
    String t = Types.primitive(type);
    out.append("\n  private static ")
        .append(t)
        .append("[] ")
        .append(name)
        .append("(int first) {\n");
    out.append("    int n = ").append(Types.species(type)).append(".length();\n    ").append(t);
    out.append("[] x = new ").append(t).append("[n];\n");
    out.append(
        """
            for (int i = 0; i < n; i++) {
              x[i] = first + i / 2 + i % 2 * n;
            }
            return x;
          }
        """);
  }

  private void squares(ComputeType type, int side) {
    open("squares" + side, array(type));
    out.append("    for (int i = 0; i < rows; i += ").append(side).append(") {\n");
    out.append("      int row = Math.min(i, rows - ").append(side).append(");\n");
    out.append("      for (int j = 0; j < columns; j += ").append(side).append(") {\n");
    out.append("        int column = Math.min(j, columns - ").append(side).append(");\n");
    out.append("        int p = at + row * step + column;\n");
    out.append("        int q = o + column * width + row;\n");
    ComputeType whole = Types.is64(type) ? ComputeType.I64 : ComputeType.I32;
    String vector = Types.vector(whole);
    char stage = 'a';
    for (int r = 0; r < side; r++) {
      String load = "%s.fromArray(%s, s, p + %d * step)";
      out.append("        ").append(vector).append(' ').append(stage).append(r).append(" = ");
      out.append(load.formatted(Types.vector(type), Types.species(type), r));
      out.append(as(type, whole)).append(";\n");
    }
    for (int n = side; n > 1; n /= 2, stage++) {
      for (int r = 0; r < side; r++) {
        char next = (char) (stage + 1);
        String merge = r % 2 == 0 ? "FIRSTS" : "SECONDS";
        out.append(
            "        %s %c%d = %s_%s.selectFrom(%c%d, %c%d);\n"
                .formatted(vector, next, r, whole, merge, stage, r / 2, stage, r / 2 + side / 2));
      }
    }
    for (int r = 0; r < side; r++) {
      out.append("        ").append(stage).append(r);
      out.append(as(whole, type));
      out.append(".intoArray(d, q + ").append(r).append(" * width);\n");
    }
    out.append("      }\n    }\n  }\n");
  }

  private static String as(ComputeType from, ComputeType to) {
    String primitive = Types.primitive(to);
    String name = primitive.substring(0, 1).toUpperCase(Locale.ROOT) + primitive.substring(1);
    return from == to ? "" : ".reinterpretAs" + name + "s()";
  }
}
