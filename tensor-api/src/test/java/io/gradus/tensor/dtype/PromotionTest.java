package io.gradus.tensor.dtype;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

final class PromotionTest {
  private record Fact(String a, String b, String result, String promoted, String canCast) {
    static Fact of(String line) {
      String[] f = line.split(" ");
      return new Fact(f[0], f[1], f[2], f[3], f[4]);
    }
  }

  private static List<Fact> facts() {
    try (InputStream in = PromotionTest.class.getResourceAsStream("promotion.txt")) {
      if (in == null) {
        throw new IllegalStateException("promotion.txt is missing");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(l -> !l.startsWith("#"))
          .map(Fact::of)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String name(String operand) {
    return operand.substring(operand.indexOf(':') + 1);
  }

  private static DType dtype(String name) {
    return Stream.of(DType.values())
        .filter(d -> d.longName().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static DType of(String operand) {
    return switch (operand) {
      case "number:bool" -> Promotion.ofNumber(Category.BOOL);
      case "number:int" -> Promotion.ofNumber(Category.INT);
      case "number:float" -> Promotion.ofNumber(Category.FLOAT);
      default -> dtype(name(operand));
    };
  }

  private static DType of(Fact f, String kind) {
    boolean a = f.a.startsWith(kind);
    boolean b = f.b.startsWith(kind);
    return a && b ? Promotion.promote(of(f.a), of(f.b)) : a ? of(f.a) : b ? of(f.b) : null;
  }

  @Test
  @DisplayName("S6.2 result dtypes are PyTorch's for every pair of operands")
  void resultTypes() {
    List<Fact> facts = facts();
    assertEquals(520, facts.size());
    for (Fact f : facts) {
      DType got = Promotion.resultType(of(f, "tensor:"), of(f, "scalar:"), of(f, "number:"));
      assertEquals(dtype(f.result), got, f::toString);
    }
  }

  @Test
  @DisplayName("S6.2 two dtypes promote as PyTorch's promote_types says")
  void promotion() {
    for (Fact f : facts()) {
      if (!f.promoted.equals("-")) {
        assertEquals(dtype(f.promoted), Promotion.promote(of(f.a), of(f.b)), f::toString);
      }
    }
  }

  @Test
  @DisplayName("S6.4 a result is castable to a target as PyTorch's can_cast says")
  void castability() {
    for (Fact f : facts()) {
      if (!f.canCast.equals("-")) {
        assertEquals(f.canCast.equals("yes"), Promotion.canCast(of(f.a), of(f.b)), f::toString);
      }
    }
  }

  @Test
  void nothingHasNoResultType() {
    assertThrows(IllegalArgumentException.class, () -> Promotion.resultType(null, null, null));
  }
}
