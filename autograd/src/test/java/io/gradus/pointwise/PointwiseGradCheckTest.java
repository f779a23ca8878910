package io.gradus.pointwise;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.GradCheck;
import io.gradus.Options;
import io.gradus.RoundingMode;
import io.gradus.Tensor;
import io.gradus.random.Generator;
import io.gradus.tensor.dtype.DType;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BinaryOperator;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** First and second derivatives, in every kind of layout. */
class PointwiseGradCheckTest {
  private static final Map<String, UnaryOperator<Tensor>> UNARY = new LinkedHashMap<>();
  private static final Map<String, BinaryOperator<Tensor>> BINARY = new LinkedHashMap<>();

  static {
    // All arguments lie in (0.1, 0.9), where every function below is smooth.
    UNARY.put("neg", Tensor::neg);
    UNARY.put("abs", Tensor::abs);
    UNARY.put("square", Tensor::square);
    UNARY.put("reciprocal", Tensor::reciprocal);
    UNARY.put("pow", t -> t.pow(2.5));
    UNARY.put("rpow", t -> t.rpow(2.5));
    UNARY.put("rdiv", t -> t.rdiv(2));
    UNARY.put("rsub", t -> t.rsub(2));
    UNARY.put("sqrt", Tensor::sqrt);
    UNARY.put("rsqrt", Tensor::rsqrt);
    UNARY.put("exp", Tensor::exp);
    UNARY.put("expm1", Tensor::expm1);
    UNARY.put("exp2", Tensor::exp2);
    UNARY.put("log", Tensor::log);
    UNARY.put("log1p", Tensor::log1p);
    UNARY.put("log2", Tensor::log2);
    UNARY.put("log10", Tensor::log10);
    UNARY.put("sin", Tensor::sin);
    UNARY.put("cos", Tensor::cos);
    UNARY.put("tan", Tensor::tan);
    UNARY.put("asin", Tensor::asin);
    UNARY.put("acos", Tensor::acos);
    UNARY.put("atan", Tensor::atan);
    UNARY.put("sinh", Tensor::sinh);
    UNARY.put("cosh", Tensor::cosh);
    UNARY.put("tanh", Tensor::tanh);
    UNARY.put("asinh", Tensor::asinh);
    UNARY.put("acosh", t -> t.add(1).acosh());
    UNARY.put("atanh", Tensor::atanh);
    UNARY.put("sigmoid", Tensor::sigmoid);
    UNARY.put("erf", Tensor::erf);
    UNARY.put("erfc", Tensor::erfc);
    UNARY.put("erfinv", Tensor::erfinv);
    UNARY.put("lgamma", Tensor::lgamma);
    UNARY.put("digamma", Tensor::digamma);
    UNARY.put("polygamma", t -> t.polygamma(1));
    UNARY.put("mvlgamma", t -> t.add(2).mvlgamma(3));
    UNARY.put("i0", Tensor::i0);
    UNARY.put("i0e", Tensor::i0e);
    UNARY.put("i1", Tensor::i1);
    UNARY.put("i1e", Tensor::i1e);
    UNARY.put("sinc", Tensor::sinc);
    UNARY.put("logit", Tensor::logit);
    UNARY.put("logit eps", t -> t.logit(1e-3));
    UNARY.put("entr", Tensor::entr);
    UNARY.put("deg2rad", Tensor::deg2rad);
    UNARY.put("frac", Tensor::frac);
    UNARY.put("nanToNum", Tensor::nanToNum);
    UNARY.put("clamp", t -> t.clamp(-1, 2));
    UNARY.put("relu", t -> t.sub(0.5).relu());
    UNARY.put("leakyRelu", t -> t.neg().leakyRelu(0.2));
    UNARY.put("elu", t -> t.neg().elu(1.5));
    UNARY.put("selu", t -> t.neg().selu());
    UNARY.put("celu", t -> t.neg().celu(0.7));
    UNARY.put("gelu", Tensor::gelu);
    UNARY.put("gelu tanh", t -> t.gelu("tanh"));
    UNARY.put("silu", Tensor::silu);
    UNARY.put("mish", Tensor::mish);
    UNARY.put("softplus", t -> t.softplus(2, 20));
    UNARY.put("softsign", Tensor::softsign);
    UNARY.put("softshrink", t -> t.softshrink(0.05));
    UNARY.put("hardshrink", t -> t.hardshrink(0.05));
    UNARY.put("tanhshrink", Tensor::tanhshrink);
    UNARY.put("hardtanh", Tensor::hardtanh);
    UNARY.put("hardsigmoid", Tensor::hardsigmoid);
    UNARY.put("hardswish", Tensor::hardswish);
    UNARY.put("logsigmoid", Tensor::logsigmoid);
    UNARY.put("threshold", t -> t.threshold(0.05, 9));
    UNARY.put("maskedFill", t -> t.maskedFill(t.gt(0.5), 3));
    BINARY.put("add", (a, b) -> a.add(b, 2.5));
    BINARY.put("sub", (a, b) -> a.sub(b, 2.5));
    BINARY.put("mul", Tensor::mul);
    BINARY.put("div", Tensor::div);
    BINARY.put("pow", Tensor::pow);
    BINARY.put("remainder", (a, b) -> a.add(3).remainder(b.add(1.2)));
    BINARY.put("fmod", (a, b) -> a.add(3).fmod(b.add(1.2)));
    BINARY.put("floorDivide", (a, b) -> a.add(3).div(b.add(1.2), RoundingMode.FLOOR));
    BINARY.put("atan2", Tensor::atan2);
    BINARY.put("hypot", Tensor::hypot);
    BINARY.put("copysign", Tensor::copysign);
    BINARY.put("maximum", Tensor::maximum);
    BINARY.put("minimum", Tensor::minimum);
    BINARY.put("fmax", Tensor::fmax);
    BINARY.put("fmin", Tensor::fmin);
    BINARY.put("clampMin", (a, b) -> a.clampMin(b));
    BINARY.put("clampMax", (a, b) -> a.clampMax(b));
    BINARY.put("logaddexp", Tensor::logaddexp);
    BINARY.put("logaddexp2", Tensor::logaddexp2);
    BINARY.put("xlogy", (a, b) -> a.xlogy(b));
    BINARY.put("xlog1py", (a, b) -> a.xlog1py(b));
    BINARY.put("ldexp", Tensor::ldexp);
    BINARY.put("lerp", (a, b) -> a.lerp(b, 0.3));
    BINARY.put("lerp weight", (a, b) -> a.lerp(b.add(1), b));
    BINARY.put("addcmul", (a, b) -> a.addcmul(a, b, 0.5));
    BINARY.put("addcdiv", (a, b) -> a.addcdiv(a, b, 0.5));
    BINARY.put("where", (a, b) -> a.where(a.detach().gt(b.detach()), b));
  }

  private static Tensor leaf(long seed, long... shape) {
    Options options = Options.generator(new Generator(seed)).withDtype(DType.F64);
    return Tensor.rand(options, shape).mul(0.8).add(0.1).requiresGrad_();
  }

  private static List<Tensor> operands() {
    return List.of(
        leaf(1, 3, 2), leaf(2, 2, 3).detach().t().requiresGrad_(), leaf(3), leaf(4, 0, 2));
  }

  @TestFactory
  @DisplayName("S10.9 pointwise functions pass gradcheck and gradgradcheck in every layout")
  Stream<DynamicTest> unary() {
    return UNARY.entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    "S10.9 " + e.getKey(),
                    () -> {
                      for (Tensor x : operands()) {
                        assertTrue(GradCheck.gradcheck((Tensor t) -> e.getValue().apply(t), x));
                        assertTrue(GradCheck.gradgradcheck((Tensor t) -> e.getValue().apply(t), x));
                      }
                      Tensor row = leaf(5, 1, 2);
                      assertTrue(
                          GradCheck.gradcheck(
                              (Tensor t) -> e.getValue().apply(t.expand(3, 2)), row));
                    }));
  }

  @TestFactory
  @DisplayName("S10.9 pointwise operations of two tensors pass both, broadcast too")
  Stream<DynamicTest> binary() {
    return BINARY.entrySet().stream()
        .map(
            e ->
                DynamicTest.dynamicTest(
                    "S10.9 " + e.getKey(),
                    () -> {
                      GradCheck.Checked f = in -> List.of(e.getValue().apply(in.get(0), in.get(1)));
                      for (Tensor x : operands()) {
                        Tensor same = leaf(6, x.shape().toArray());
                        assertTrue(GradCheck.gradcheck(f, x, same));
                        assertTrue(GradCheck.gradgradcheck(f, x, same));
                      }
                      assertTrue(GradCheck.gradcheck(f, leaf(7, 3, 1), leaf(8, 2)));
                      assertTrue(GradCheck.gradgradcheck(f, leaf(7, 3, 1), leaf(8, 2)));
                    }));
  }
}
