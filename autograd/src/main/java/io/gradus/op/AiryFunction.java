package io.gradus.op;

import static io.gradus.op.Terms.*;

import io.gradus.tensor.kernel.Expr;

/**
 * The Airy function Ai.
 *
 * <p>Between -5 and 2.25 two polynomials; to the right exp(-ζ) / (2 sqrt(π) x^(1/4)) times one in
 * 1/ζ (DLMF 9.7.5), to the left a wave with amplitudes in 1/ζ² (DLMF 9.7.9), where ζ = 2/3
 * |x|^(3/2). They interpolate at Chebyshev nodes of the interval, mapped to [-1, 1], with an error
 * of at most 1e-15. The phase of the wave is computed in the type of the operand, as PyTorch does:
 * far to the left its rounding decides the result.
 */
public final class AiryFunction {
  private static final double[] CENTRE_LEFT = {
    -0.4190132668052308,
    -0.004294234328909329,
    2.0852457105854065,
    -0.36715136262155945,
    -1.7314771354397462,
    0.7414958568130603,
    0.5088635509876093,
    -0.3966627672043809,
    -0.019479074525217233,
    0.09271145414319329,
    -0.021466520592152247,
    -0.009337857783571935,
    0.005382836405144296,
    -0.00014170687693947843,
    -0.0005693466882611382,
    0.00014409086764570413,
    2.044684898202186e-05,
    -1.6490948024079906e-05,
    1.85902121743905e-06,
    8.005415890847114e-07,
    -2.816912749545915e-07,
    4.5804502180621205e-09,
    1.5616904977698678e-08,
    -2.9767189183760734e-09,
    -3.368901967425794e-10,
    1.5654303571622305e-10,
  };
  private static final double[] CENTRE_RIGHT = {
    0.2606695731738953,
    -0.4468653784699785,
    0.17182808778552702,
    0.1881919527977403,
    -0.2265928862436605,
    0.06903802386864542,
    0.03139307568246751,
    -0.0333961274632639,
    0.0088655711689624,
    0.0022626205651592097,
    -0.002316138647361438,
    0.0005583908140124624,
    8.985775834834972e-05,
    -9.314966283951335e-05,
    2.0875216376418545e-05,
    2.2356905909563315e-06,
    -2.443980680435844e-06,
    5.169079403802803e-07,
    3.7854587650592283e-08,
    -4.528058930728475e-08,
    8.957167998537657e-09,
    5.570925521168902e-10,
    -5.723218467119517e-10,
    7.992898354607894e-11,
  };
  private static final double[] DECAY = {
    0.9860839627989356,
    -0.01264619830284444,
    0.0010760376934960518,
    -0.0001546944990393809,
    2.9631384683810415e-05,
    -6.855741243445048e-06,
    1.818408344142125e-06,
    -5.355947086234953e-07,
    1.715201993447713e-07,
    -5.8846290936925354e-08,
    2.1393396111316665e-08,
    -8.14575883204746e-09,
    3.2365908887060984e-09,
    -1.4059283107336166e-09,
    6.238092903288499e-10,
    -1.6309026748536736e-10,
    4.7284432714391896e-11,
    -1.4699408818534396e-10,
    9.013019666473923e-11,
    4.3750787326717723e-11,
    -3.0316965279567425e-11,
    -1.9644285554947105e-11,
    1.1655202505785861e-11,
  };
  private static final double[] SINES = {
    0.9996702731603566,
    -0.0003254319872640143,
    4.128666158294696e-06,
    -1.542112034842239e-07,
    1.067342663285596e-08,
    -1.1119337986572293e-09,
    1.5522262548635303e-10,
    -2.7051883478257475e-11,
    5.602889049196218e-12,
    -1.2552086884253272e-12,
    3.1998747979878037e-13,
    -1.5179090444882385e-13,
    5.2727784242470915e-14,
  };
  private static final double[] COSINES = {
    0.06911133919898425,
    -0.0003247868744479707,
    7.854002446826036e-06,
    -4.215741963300471e-07,
    3.7225332370846745e-08,
    -4.636455901462674e-09,
    7.433297108253922e-10,
    -1.445847358438312e-10,
    3.272877827652237e-11,
    -8.379906510740823e-12,
    2.4534608074407053e-12,
    -7.791454007942917e-13,
    1.746226068459655e-13,
    -4.8598113545860894e-14,
    7.036258411636833e-14,
    -3.147397232889125e-14,
  };

  private static final double LEFT = -5;
  private static final double MIDDLE = -1.5;
  private static final double RIGHT = 2.25;

  /** ζ at RIGHT and at LEFT. */
  private static final double ZETA_RIGHT = 2.25;

  private static final double ZETA_LEFT = 7.453559924999299;

  /** Ai; NaN at both infinities, as PyTorch's. */
  public static final MapOp AI =
      MapOp.of("special_airy_ai", "special_airy_ai", 1, 0, TypeRule.FLOAT, (in, p, t) -> ai(in[0]))
          .unimplementedForHalves();

  private AiryFunction() {}

  private static Expr ai(Expr a) {
    Expr x = wide(a);
    Expr left = polynomial(mapped(x, LEFT, MIDDLE), CENTRE_LEFT);
    Expr right = polynomial(mapped(x, MIDDLE, RIGHT), CENTRE_RIGHT);
    Expr centre = where(lt(x, k(x, MIDDLE)), left, right);
    Expr value = where(gt(x, k(x, RIGHT)), decay(x), centre);
    value = where(lt(x, k(x, LEFT)), wave(a), value);
    value = where(eq(abs(x), Double.POSITIVE_INFINITY), k(x, Double.NaN), value);
    return where(isNan(x), x, value);
  }

  private static Expr mapped(Expr x, double from, double to) {
    return times(plus(x, -(from + to) / 2), 2 / (to - from));
  }

  private static Expr decay(Expr x) {
    Expr zeta = over(times(times(x, 2), sqrt(x)), k(x, 3));
    Expr p = polynomial(plus(over(k(x, 2 * ZETA_RIGHT), zeta), -1), DECAY);
    Expr scale = times(over(exp(neg(zeta)), sqrt(sqrt(x))), 0.5 / Math.sqrt(Math.PI));
    return times(scale, p);
  }

  private static Expr wave(Expr a) {
    Expr argument = over(times(times(a, -2), sqrt(neg(a))), k(a, 3));
    Expr zeta = wide(argument);
    Expr phase = wide(plus(argument, 0.25 * Math.PI));
    Expr part = over(k(zeta, ZETA_LEFT), zeta);
    Expr t = plus(times(times(part, part), 2), -1);
    Expr f = polynomial(t, SINES);
    Expr g = over(polynomial(t, COSINES), zeta);
    Expr scale = over(k(zeta, 1 / Math.sqrt(Math.PI)), sqrt(sqrt(neg(wide(a)))));
    return times(scale, minus(times(sin(phase), f), times(cos(phase), g)));
  }
}
