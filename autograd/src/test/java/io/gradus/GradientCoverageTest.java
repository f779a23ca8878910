package io.gradus;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.gradus.linalg.Linalg;
import io.gradus.linalg.MatrixFactors;
import io.gradus.linalg.MatrixSpectra;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class GradientCoverageTest {
  /** Methods that no sweep checks, by reason. */
  private static final Map<String, Set<String>> LEFT_OUT = new TreeMap<>();

  private static final Set<String> IN_PLACE =
      Stream.of(
              InPlaceMethods.class,
              InPlaceBoundMethods.class,
              InPlaceFunctionMethods.class,
              InPlaceActivationMethods.class)
          .flatMap(c -> Arrays.stream(c.getDeclaredMethods()))
          .map(Method::getName)
          .filter(name -> name.endsWith("_"))
          .collect(Collectors.toSet());

  static {
    LEFT_OUT.put(
        "gives truth values",
        Set.of(
            "all",
            "any",
            "eq",
            "ge",
            "gt",
            "isclose",
            "isfinite",
            "isin",
            "isinf",
            "isnan",
            "isneginf",
            "isposinf",
            "isreal",
            "le",
            "logicalAnd",
            "logicalNot",
            "logicalOr",
            "logicalXor",
            "lt",
            "ne",
            "signbit"));
    LEFT_OUT.put(
        "writes truth values",
        Set.of(
            "eq_",
            "ge_",
            "gt_",
            "le_",
            "logicalAnd_",
            "logicalNot_",
            "logicalOr_",
            "logicalXor_",
            "lt_",
            "ne_"));
    LEFT_OUT.put(
        "takes whole numbers only",
        Set.of(
            "bitwiseAnd",
            "bitwiseAnd_",
            "bitwiseLeftShift",
            "bitwiseLeftShift_",
            "bitwiseNot",
            "bitwiseNot_",
            "bitwiseOr",
            "bitwiseOr_",
            "bitwiseRightShift",
            "bitwiseRightShift_",
            "bitwiseXor",
            "bitwiseXor_",
            "gcd",
            "gcd_",
            "lcm",
            "lcm_"));
    LEFT_OUT.put(
        "gives positions or counts",
        Set.of(
            "argmax",
            "argmin",
            "argsort",
            "argwhere",
            "bincount",
            "bucketize",
            "countNonzero",
            "histc",
            "histogram",
            "histogramdd",
            "matrixRank",
            "nonzero",
            "nonzeroStatic",
            "searchsorted",
            "trilIndices",
            "triuIndices",
            "unravelIndex"));
    LEFT_OUT.put(
        "has no derivative in PyTorch either",
        Set.of(
            "floorDivide",
            "floorDivide_",
            "rfloorDivide",
            "heaviside",
            "heaviside_",
            "nextafter",
            "nextafter_",
            "unique",
            "uniqueConsecutive",
            "uniqueWithCounts"));
    LEFT_OUT.put(
        "is documented to have no gradient",
        Set.of("geqrf", "ldlFactor", "ldlFactorEx", "ldlSolve", "qrTriangle"));
    LEFT_OUT.put("is documented to have first gradients only", Set.of("eig", "eigvals"));
    LEFT_OUT.put(
        "draws at random, whatever was there",
        Set.of(
            "bernoulli",
            "bernoulli_",
            "multinomial",
            "cauchy_",
            "exponential_",
            "geometric_",
            "logNormal_",
            "normal_",
            "random_",
            "uniform_"));
    LEFT_OUT.put(
        "rounds to fewer digits than numeric derivatives need",
        Set.of(
            "toBfloat16",
            "toBool",
            "toByte",
            "toChar",
            "toFloat",
            "toHalf",
            "toInt",
            "toLong",
            "toShort"));
    LEFT_OUT.put(
        "makes a new tensor, or gives this one",
        Set.of(
            "conj",
            "conjPhysical",
            "real",
            "resolveConj",
            "resolveNeg",
            "newEmpty",
            "newFull",
            "newOnes",
            "newTensor",
            "newZeros",
            "bitcast",
            "resize_",
            "resizeAs_",
            "self"));
  }

  @Test
  @DisplayName("S10.9 every method that gives tensors is swept, or left out for a stated reason")
  void everyMethodIsAccountedFor() {
    Set<String> open = operations().collect(Collectors.toCollection(TreeSet::new));
    LEFT_OUT.values().forEach(open::removeAll);
    Set<String> swept = swept();
    open.removeAll(swept);
    open.removeIf(name -> isInPlace(name) && swept.contains(name.substring(0, name.length() - 1)));
    assertEquals(Set.of(), open);
  }

  @Test
  @DisplayName("S10.9 what is left out exists and is not swept")
  void reasonsAreNeeded() {
    Set<String> needless = new TreeSet<>();
    LEFT_OUT.values().forEach(needless::addAll);
    Set<String> operations = operations().collect(Collectors.toSet());
    Set<String> swept = swept();
    needless.removeIf(name -> operations.contains(name) && !swept.contains(name));
    assertEquals(Set.of(), needless);
  }

  /**
   * Pointwise operations that write in place run and record the same formula as those that do not;
   * some stand for all of them in the sweep.
   */
  private static boolean isInPlace(String name) {
    return IN_PLACE.contains(name);
  }

  private static Set<String> swept() {
    return Stream.of(
            ReductionGradientsTest.sums(),
            ReductionGradientsTest.statistics(),
            SequenceGradientsTest.sweep(),
            ViewGradientsTest.shapes(),
            ViewGradientsTest.joins(),
            IndexGradientsTest.reads(),
            IndexGradientsTest.writes(),
            MatrixGradientsTest.products(),
            MatrixGradientsTest.algebra(),
            DecompositionGradientsTest.sweep(),
            PointwiseGradientsTest.activations(),
            PointwiseGradientsTest.functions(),
            PointwiseGradientsTest.arithmetic(),
            PointwiseGradientsTest.inPlace(),
            PointwiseGradientsTest.losses())
        .flatMap(GradientSweep::methods)
        .collect(Collectors.toSet());
  }

  /** The methods of a tensor, of what joins tensors, and of linear algebra that give tensors. */
  private static Stream<String> operations() {
    return Stream.of(
            Arrays.stream(Tensor.class.getInterfaces()),
            Stream.of(JoiningFactories.class, Linalg.class),
            Stream.of(MatrixFactors.class, MatrixSpectra.class))
        .flatMap(c -> c)
        .flatMap(c -> Arrays.stream(c.getDeclaredMethods()))
        .filter(m -> Modifier.isPublic(m.getModifiers()) && !m.isSynthetic() && givesTensors(m))
        .map(Method::getName);
  }

  private static boolean givesTensors(Method m) {
    String type = m.getGenericReturnType().getTypeName();
    return m.getReturnType().isRecord() || type.contains("io.gradus.Tensor");
  }
}
