package io.gradus.data.transform;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.gradus.Tensor;
import io.gradus.nn.GridSampling;
import io.gradus.random.Generator;
import io.gradus.tensor.dtype.DType;
import io.gradus.tensor.error.DTypeException;
import io.gradus.tensor.error.InvalidArgumentException;
import io.gradus.tensor.error.ShapeException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Expected numbers of geometry and colour are torchvision's (0.28, functional, tensors). */
class ImageTransformsTest {
  private static final float NEAR = 2e-6f;
  private final Generator random = new Generator(1);

  /** Multiples of 1/101, [3, 3, 4]. */
  private static Tensor image() {
    return Tensor.arange(36).to(DType.F32).mul(37).remainder(101).div(101).view(3, 3, 4);
  }

  private static Tensor red() {
    return image().narrow(0, 0, 1);
  }

  private static void assertNear(Tensor actual, float... expected) {
    assertArrayEquals(expected, actual.contiguous().floatArray(), NEAR);
  }

  private void assertSize(Transform transform, Tensor x, long... expected) {
    assertArrayEquals(expected, transform.apply(x, random).shape().toArray());
  }

  @Test
  void rotations() {
    assertNear(
        Affine.rotation(30).apply(red(), random),
        0.0986f,
        0.507441f,
        0.419261f,
        0.357746f,
        0.189956f,
        0.689646f,
        0.340057f,
        0.240468f,
        0.364037f,
        0.610441f,
        0.40279f,
        0.181957f);
    assertNear(
        Affine.rotation(90).apply(Tensor.arange(9).to(DType.F32).view(1, 3, 3), random),
        2,
        5,
        8,
        1,
        4,
        7,
        0,
        3,
        6);
  }

  @Test
  void affineMaps() {
    assertNear(
        new Affine(20, 1, -1, 1.3, 10, 5, GridSampling.Mode.LINEAR).apply(red(), random),
        0.545017f,
        0.636036f,
        0.694888f,
        0.334815f,
        0.618261f,
        0.3662f,
        0.496319f,
        0.431944f,
        0.004927f,
        0.081625f,
        0.262725f,
        0.159502f);
    assertNear(
        new Affine(20, 1, -1, 1.3, 10, 5, GridSampling.Mode.NEAREST).apply(red(), random),
        0.465347f,
        0.465347f,
        0.831683f,
        0.19802f,
        0.930693f,
        0.29703f,
        0.663366f,
        0.663366f,
        0f,
        0f,
        0f,
        0.029703f);
  }

  @Test
  void colours() {
    assertNear(
        Color.brightness(image(), 1.7),
        0f,
        0.622772f,
        1f,
        0.168317f,
        0.791089f,
        1f,
        0.336634f,
        0.959406f,
        1f,
        0.504951f,
        1f,
        0.050495f,
        0.673267f,
        1f,
        0.218812f,
        0.841584f,
        1f,
        0.387129f,
        1f,
        1f,
        0.555446f,
        1f,
        0.10099f,
        0.723762f,
        1f,
        0.269307f,
        0.892079f,
        1f,
        0.437624f,
        1f,
        1f,
        0.605941f,
        1f,
        0.151485f,
        0.774257f,
        1f);
    assertNear(
        Color.contrast(image(), 1.7),
        0f,
        0.284966f,
        0.907738f,
        0f,
        0.453283f,
        1f,
        0f,
        0.621599f,
        1f,
        0.167144f,
        0.789916f,
        0f,
        0.335461f,
        0.958233f,
        0f,
        0.503778f,
        1f,
        0.049322f,
        0.672095f,
        1f,
        0.217639f,
        0.840411f,
        0f,
        0.385956f,
        1f,
        0f,
        0.554273f,
        1f,
        0.099817f,
        0.72259f,
        1f,
        0.268134f,
        0.890906f,
        0f,
        0.436451f,
        1f);
    assertNear(
        Color.saturation(image(), 0.4),
        0.193663f,
        0.491578f,
        0.505693f,
        0.292667f,
        0.590582f,
        0.604697f,
        0.391671f,
        0.689586f,
        0.703701f,
        0.422275f,
        0.43639f,
        0.223365f,
        0.352079f,
        0.649994f,
        0.264109f,
        0.451083f,
        0.748998f,
        0.363113f,
        0.550087f,
        0.848002f,
        0.462116f,
        0.580691f,
        0.194806f,
        0.38178f,
        0.510495f,
        0.40841f,
        0.422524f,
        0.609499f,
        0.507414f,
        0.521528f,
        0.708503f,
        0.606418f,
        0.620532f,
        0.339107f,
        0.353222f,
        0.540196f);
    assertNear(
        Color.hue(image(), 0.2),
        0.554455f,
        0.158416f,
        0.732673f,
        0.653465f,
        0.257426f,
        0.831683f,
        0.752475f,
        0.356436f,
        0.930693f,
        0.089109f,
        0.663366f,
        0.584158f,
        0f,
        0.762376f,
        0.457426f,
        0.09901f,
        0.861386f,
        0.556436f,
        0.19802f,
        0.960396f,
        0.655446f,
        0.693069f,
        0.388119f,
        0.029703f,
        0.792079f,
        0.675248f,
        0.128713f,
        0.891089f,
        0.774257f,
        0.227723f,
        0.990099f,
        0.873267f,
        0.326733f,
        0.605941f,
        0.059406f,
        0.821782f);
    assertNear(
        Color.hue(image(), -0.45),
        0.792079f,
        0.735644f,
        0.128713f,
        0.891089f,
        0.834653f,
        0.227723f,
        0.990099f,
        0.933663f,
        0.326733f,
        0.666337f,
        0.059406f,
        0.821782f,
        0.633663f,
        0.158416f,
        0.732673f,
        0.732673f,
        0.257426f,
        0.831683f,
        0.831683f,
        0.356436f,
        0.930693f,
        0.089109f,
        0.663366f,
        0.663366f,
        0f,
        0.762376f,
        0.517822f,
        0.09901f,
        0.861386f,
        0.616832f,
        0.19802f,
        0.960396f,
        0.715842f,
        0.693069f,
        0.448515f,
        0.029703f);
    assertNear(
        new Grayscale().apply(image(), random),
        0.322772f,
        0.575072f,
        0.354372f,
        0.421772f,
        0.674072f,
        0.453372f,
        0.520772f,
        0.773072f,
        0.552372f,
        0.505772f,
        0.285072f,
        0.352472f);
    assertNear(
        Color.hue(Tensor.full(new long[] {3, 1, 2}, 0.5), 0.3), .5f, .5f, .5f, .5f, .5f, .5f);
  }

  @Test
  void sizes() {
    assertNear(
        new Resize(2, 3).apply(red(), random),
        0.284406f,
        0.53651f,
        0.351114f,
        0.678589f,
        0.493193f,
        0.307797f);
    assertNear(
        new Resize(4, 6).apply(red(), random),
        0f,
        0.183168f,
        0.427393f,
        0.671617f,
        0.415842f,
        0.09901f,
        0.290842f,
        0.47401f,
        0.614068f,
        0.441625f,
        0.394183f,
        0.389851f,
        0.639852f,
        0.63552f,
        0.588078f,
        0.415635f,
        0.368193f,
        0.363861f,
        0.930693f,
        0.613861f,
        0.358086f,
        0.60231f,
        0.346535f,
        0.029703f);
    assertSize(Resize.shorterSide(4), Tensor.zeros(1, 5, 9), 1, 4, 7);
    assertSize(Resize.shorterSide(7), Tensor.zeros(1, 9, 5), 1, 12, 7);
    assertNear(
        new CenterCrop(2, 3).apply(red(), random),
        0f,
        0.366337f,
        0.732673f,
        0.465347f,
        0.831683f,
        0.19802f);
    assertNear(new CenterCrop(5, 1).apply(red(), random), 0f, 0.732673f, 0.19802f, 0.663366f, 0f);
    assertNear(new Pad(1, 0, 0, 1, 7).apply(Tensor.ones(1, 1, 2), random), 7, 1, 1, 7, 7, 7);
  }

  @Test
  void floatsAndNormalizing() {
    Tensor bytes = Tensor.tensor(0, 51, 255).to(DType.U8).view(3, 1, 1);
    Tensor floats = new ToFloat().apply(bytes, random);
    assertNear(floats, 0, 0.2f, 1);
    assertEquals(DType.F32, floats.dtype());
    assertNear(
        new Normalize(new double[] {0, 0.2, 0.5}, new double[] {1, 2, 0.25}).apply(floats, random),
        0,
        0,
        2);
    assertNear(new Normalize(0.2, 0.4).apply(floats, random), -0.5f, 0, 2);
    assertThrows(DTypeException.class, () -> new Normalize(0, 1).apply(bytes, random));
    assertThrows(DTypeException.class, () -> new ToFloat().apply(Tensor.arange(4), random));
    assertThrows(
        ShapeException.class,
        () -> new Normalize(new double[2], new double[] {1, 1}).apply(floats, random));
    assertThrows(InvalidArgumentException.class, () -> new Normalize(0, 0));
  }

  @Test
  void randomCropsAreAllPartsOfTheImage() {
    Tensor x = Tensor.arange(9).view(1, 3, 3);
    Set<Long> corners = new HashSet<>();
    for (int i = 0; i < 200; i++) {
      Tensor y = new RandomCrop(2, 2, 0).apply(x, random);
      long first = y.select(-1, 0).select(-1, 0).item().longValue();
      corners.add(first);
      assertArrayEquals(
          new long[] {first, first + 1, first + 3, first + 4}, y.contiguous().longArray());
    }
    assertEquals(Set.of(0L, 1L, 3L, 4L), corners);
    assertSize(new RandomCrop(3, 3, 2), x, 1, 3, 3);
    ShapeException e =
        assertThrows(ShapeException.class, () -> new RandomCrop(4, 3, 0).apply(x, random));
    assertTrue(String.valueOf(e.getMessage()).contains("larger than input image size 3 x 3"));
  }

  @Test
  void flips() {
    Tensor x = Tensor.arange(4).view(1, 2, 2);
    assertArrayEquals(
        new long[] {1, 0, 3, 2},
        new RandomHorizontalFlip(1).apply(x, random).contiguous().longArray());
    assertArrayEquals(
        new long[] {2, 3, 0, 1},
        new RandomVerticalFlip(1).apply(x, random).contiguous().longArray());
    int flipped = 0;
    for (int i = 0; i < 1000; i++) {
      flipped += new RandomHorizontalFlip(0.3).apply(x, random) == x ? 0 : 1;
    }
    assertEquals(300, flipped, 6 * Math.sqrt(1000 * 0.3 * 0.7));
  }

  @Test
  void otherRandomTransformsKeepTheirBounds() {
    Tensor x = Tensor.ones(3, 20, 30);
    for (int i = 0; i < 20; i++) {
      Tensor crop = new RandomResizedCrop(5, 7).apply(x, random);
      assertArrayEquals(new long[] {3, 5, 7}, crop.shape().toArray());
      Tensor erased = new RandomErasing(1).apply(x, random);
      long holes = erased.eq(0).sum().item().longValue() / 3;
      assertTrue(holes > 0 && holes < 600 * 0.4, () -> "erased " + holes);
      Tensor jittered = new ColorJitter(0.5, 0.5, 0.5, 0.5).apply(image(), random);
      assertTrue(jittered.min().item().doubleValue() >= 0);
      assertTrue(jittered.max().item().doubleValue() <= 1);
      assertSize(new RandomAffine(30, 0.1, 0.8, 1.2, 10), x, 3, 20, 30);
    }
    assertNear(x.sum(), 1800);
    assertNear(RandomAffine.rotation(0).apply(red(), random), red().contiguous().floatArray());
    assertEquals(x, new RandomErasing(0).apply(x, random));
    assertSize(new RandomResizedCrop(4, 4), Tensor.ones(1, 1, 40), 1, 4, 4);
  }

  @Test
  @DisplayName("S12.1 a transform does the same with the same random numbers")
  void sameRandomNumbers() {
    Transform all =
        Transform.of(
            new RandomCrop(3, 3, 1),
            new RandomHorizontalFlip(0.5),
            new ColorJitter(0.4, 0.4, 0.4, 0.1),
            RandomAffine.rotation(20),
            new RandomErasing(0.5));
    for (int seed = 0; seed < 5; seed++) {
      Tensor a = all.apply(image(), new Generator(seed));
      Tensor b = all.apply(image(), new Generator(seed));
      assertArrayEquals(a.contiguous().floatArray(), b.contiguous().floatArray());
    }
  }

  @Test
  void badArgumentsAreRefused() {
    Tensor row = Tensor.ones(3);
    assertThrows(ShapeException.class, () -> new RandomHorizontalFlip(1).apply(row, random));
    assertThrows(ShapeException.class, () -> new Grayscale().apply(red(), random));
    assertThrows(InvalidArgumentException.class, () -> Color.hue(image(), 0.6));
    assertThrows(InvalidArgumentException.class, () -> Color.contrast(image(), -1));
    assertThrows(InvalidArgumentException.class, () -> new Resize(0, 1));
    assertThrows(InvalidArgumentException.class, () -> new Pad(-1));
    assertThrows(InvalidArgumentException.class, () -> new RandomCrop(1, 1, -1));
    assertThrows(InvalidArgumentException.class, () -> new RandomErasing(Double.NaN));
    assertThrows(InvalidArgumentException.class, () -> new RandomHorizontalFlip(2));
    assertThrows(InvalidArgumentException.class, () -> new ColorJitter(0, 0, 0, 0.6));
    assertThrows(InvalidArgumentException.class, () -> new RandomAffine(-1, 0, 1, 1, 0));
    assertThrows(InvalidArgumentException.class, () -> new RandomAffine(1, 0, 2, 1, 0));
    assertThrows(InvalidArgumentException.class, () -> Affine.rotation(1).on(-1));
    assertThrows(
        InvalidArgumentException.class, () -> new ToFloat().on(1).apply(List.of(row), random));
  }
}
