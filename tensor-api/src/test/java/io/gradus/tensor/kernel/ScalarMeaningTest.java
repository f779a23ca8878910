package io.gradus.tensor.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.gradus.tensor.dtype.ComputeType;
import io.gradus.tensor.dtype.DType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScalarMeaningTest {
  /** Expected values were computed with mpmath to 40 digits. */
  @ParameterizedTest
  @CsvSource({
    "ERF, 1e-09, 1.1283791670955127e-09",
    "ERF, 0.3, 0.3286267594591274",
    "ERF, -0.99, -0.8385080695553698",
    "ERF, 1.01, 0.8468104962282768",
    "ERF, 3.2, 0.9999939742388483",
    "ERFC, -2.0, 1.9953222650189528",
    "ERFC, 0.4, 0.5716076449533315",
    "ERFC, 0.6, 0.3961439091520741",
    "ERFC, 2.5, 0.0004069520174449589",
    "ERFC, 10.0, 2.088487583762545e-45",
    "ERFC, 26.0, 5.663192408856143e-296",
    "ERFINV, 0.1, 0.08885599049425769",
    "ERFINV, -0.6, -0.5951160814499948",
    "ERFINV, 0.95, 1.3859038243496777",
    "ERFINV, 0.999999, 3.458910737275499",
    "ERFINV, 1e-09, 8.86226925452758e-10",
    "LGAMMA, -2.3, 0.36956666345500805",
    "LGAMMA, 1e-05, 11.512919692895826",
    "LGAMMA, 0.3, 1.0957979948180756",
    "LGAMMA, 0.9999, 5.7729791561193866e-05",
    "LGAMMA, 1.7, -0.09580769740706588",
    "LGAMMA, 2.001, 0.000423106734800117",
    "LGAMMA, 5.5, 3.9578139676187165",
    "LGAMMA, 33.0, 81.55795945611504",
    "LGAMMA, 1000000000.0, 19723265827.503716",
    "DIGAMMA, -1.7, -1.4857174995110567",
    "DIGAMMA, 0.01, -100.56088545786868",
    "DIGAMMA, 0.9, -0.7549269499470513",
    "DIGAMMA, 3.0, 0.9227843350984671",
    "DIGAMMA, 40.0, 3.676327374034843",
    "I0, 0.5, 1.0634833707413236",
    "I0, -4.0, 11.30192195213633",
    "I0, 7.9, 389.406283282158",
    "I0, 8.1, 469.5006067101215",
    "I0, 50.0, 2.9325537838493362e+20",
    "I0, 700.0, 1.5295933476718737e+302",
    "I0E, 3.0, 0.2430003541618254",
    "I0E, 30.0, 0.0731459464822373",
    "I0E, 1000.0, 0.012617240455891257",
    "I1, 0.5, 0.2578943053908963",
    "I1, -4.0, -9.75946515370445",
    "I1, 7.9, 363.8539440845084",
    "I1, 8.1, 439.48430891035844",
    "I1, 50.0, 2.903078590103557e+20",
    "I1E, 3.0, 0.19682671329730086",
    "I1E, 30.0, 0.07191633059864755",
    "I1E, -1000.0, -0.012610930256928629",
    "LOG2, 3.0, 1.584962500721156",
    "LOG2, 0.999, -0.0014434168696687186",
    "LOG2, 1e-310, -1029.7977094150824",
    "LOG2, 1e+300, 996.5784284662087",
    "ASINH, 1e-09, 1e-09",
    "ASINH, -0.5, -0.48121182505960347",
    "ASINH, 3.0, 1.8184464592320668",
    "ASINH, 1e+20, 46.74484904044086",
    "ACOSH, 1.0001, 0.014142017775251545",
    "ACOSH, 2.0, 1.3169578969248168",
    "ACOSH, 1e+200, 461.2101657793691",
    "ATANH, 1e-09, 1e-09",
    "ATANH, -0.3, -0.3095196042031117",
    "ATANH, 0.999, 3.8002011672501994",
    "SIGMOID, -720.0, 2.0322308024e-313",
    "SIGMOID, -2.0, 0.11920292202211756",
    "SIGMOID, 0.5, 0.6224593312018546",
    "SIGMOID, 40.0, 1.0",
    "EXP2, 0.5, 1.4142135623730951",
    "EXP2, -1000.5, 6.599170332783212e-302",
    "EXP2, 3.0, 8.0"
  })
  @DisplayName("S6.3 an f64 special function has 14 digits or more")
  void specialFunctions(ScalarOp op, double x, double expected) {
    assertEquals(expected, ScalarMeaning.f64(op, x, 0, 0), Math.abs(expected) * 1e-14);
  }

  @Test
  void polygammaIsTheDerivativeOfDigamma() {
    assertEquals(Math.PI * Math.PI / 6, polygamma(1, 1), 1e-14);
    assertEquals(-2 * 1.2020569031595942, polygamma(2, 1), 1e-14);
    assertEquals(Math.PI * Math.PI / 2, polygamma(1, 0.5), 1e-13);
    assertEquals(Double.POSITIVE_INFINITY, polygamma(1, -3));
    assertEquals(Double.NaN, polygamma(0.5, 1));
  }

  private static double polygamma(double n, double x) {
    return ScalarMeaning.f64(ScalarOp.POLYGAMMA, n, x, 0);
  }

  @Test
  void integersWrapAndShiftOutOfRange() {
    assertEquals(Integer.MIN_VALUE, ScalarMeaning.i32(ScalarOp.ADD, Integer.MAX_VALUE, 1, 0));
    assertEquals(0, ScalarMeaning.i32(ScalarOp.SHL, 1, 32, 0));
    assertEquals(-1, ScalarMeaning.i64(ScalarOp.SHR, -8, 64, 0));
    assertEquals(0, ScalarMeaning.i64(ScalarOp.USHR, -8, -1, 0));
    assertEquals(1L << 40, ScalarMeaning.i64(ScalarOp.POW, 2, 40, 0));
    assertEquals(-1, ScalarMeaning.i32(ScalarOp.POW, -1, -3, 0));
    assertEquals(0, ScalarMeaning.i32(ScalarOp.POW, 2, -1, 0));
  }

  @Test
  void nanIsHandledAsEachOperationSays() {
    assertEquals(Float.NaN, ScalarMeaning.f32(ScalarOp.MAX, Float.NaN, 1, 0));
    assertEquals(1, ScalarMeaning.f32(ScalarOp.FMAX, Float.NaN, 1, 0));
    assertEquals(-0f, ScalarMeaning.f32(ScalarOp.MIN, 0, -0f, 0));
    assertEquals(0, ScalarMeaning.compare(ScalarOp.EQ, Double.NaN, Double.NaN));
    assertEquals(1, ScalarMeaning.compare(ScalarOp.NE, Double.NaN, Double.NaN));
    assertEquals(0, ScalarMeaning.compare(ScalarOp.GE, Float.NaN, Float.NaN));
  }

  @Test
  void castsTruncateSaturateAndWrap() {
    assertEquals(-2, ScalarMeaning.toInteger(DType.I32, -2.9));
    assertEquals(44, ScalarMeaning.toInteger(DType.U8, 300.7));
    assertEquals(-1, ScalarMeaning.toInteger(DType.I32, 1e30));
    assertEquals(0, ScalarMeaning.toInteger(DType.I64, Double.NaN));
    assertEquals(1, ScalarMeaning.toInteger(DType.BOOL, Double.NaN));
    assertEquals(1, ScalarMeaning.toInteger(DType.BOOL, 0.1));
    assertEquals(Float.POSITIVE_INFINITY, ScalarMeaning.toF32(DType.F16, 70000f));
    assertEquals(1.0078125f, ScalarMeaning.toF32(DType.BF16, 1.006f));
    assertEquals(
        Double.doubleToRawLongBits(0.1f),
        EncodedScalars.cast(DType.F64, ComputeType.F32, Float.floatToRawIntBits(0.1f)));
  }

  @Test
  void anOperationThatATypeLacksIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> ScalarMeaning.i32(ScalarOp.EXP, 1, 0, 0));
    assertThrows(IllegalArgumentException.class, () -> ScalarMeaning.f64(ScalarOp.AND, 1, 1, 0));
    assertThrows(IllegalArgumentException.class, () -> ScalarMeaning.compare(ScalarOp.ADD, 1, 1));
  }

  @Test
  void loweringReplacesNestedApplications() {
    Expr x = Expr.input(0, ComputeType.F32);
    Expr lowered = Recipes.lower(Expr.of(ScalarOp.TANH, Expr.of(ScalarOp.EXP, x)));
    for (Expr e : ExprGraph.postOrder(java.util.List.of(lowered))) {
      if (e instanceof Expr.Apply a) {
        assertEquals(null, Recipes.expand(a.op(), a.operandType()), () -> a.op() + " is left");
      }
    }
  }

  @Test
  void aRecipeIsTheMeaning() {
    assertEquals(1f, ScalarMeaning.f32(ScalarOp.EXP, 0, 0, 0));
    assertEquals(-0f, ScalarMeaning.f32(ScalarOp.EXPM1, -0f, 0, 0));
    assertEquals(-0f, ScalarMeaning.f32(ScalarOp.SIN, -0f, 0, 0));
    assertEquals(10f, ScalarMeaning.f32(ScalarOp.LOG2, 1024, 0, 0));
    assertEquals(Float.NEGATIVE_INFINITY, ScalarMeaning.f32(ScalarOp.LOG, 0, 0, 0));
    assertEquals((float) Math.sin(1e30f), ScalarMeaning.f32(ScalarOp.SIN, 1e30f, 0, 0));
    assertEquals(8f, ScalarMeaning.f32(ScalarOp.POW, 2, 3, 0));
    assertEquals(Float.NaN, ScalarMeaning.f32(ScalarOp.COS, Float.POSITIVE_INFINITY, 0, 0));
  }
}
