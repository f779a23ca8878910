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
import java.util.stream.Stream;
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

  private static void assertNear(Tensor actual, String expected) {
    List<Float> numbers =
        expected.strip().lines().flatMap(l -> Stream.of(l.split(" "))).map(Float::valueOf).toList();
    float[] all = new float[numbers.size()];
    for (int i = 0; i < all.length; i++) {
      all[i] = numbers.get(i);
    }
    assertNear(actual, all);
  }

  private void assertSize(Transform transform, Tensor x, long... expected) {
    assertArrayEquals(expected, transform.apply(x, random).shape().toArray());
  }

  @Test
  void rotations() {
    assertNear(
        Affine.rotation(30).apply(red(), random),
        """
        0.0986 0.507441 0.419261 0.357746 0.189956 0.689646 0.340057 0.240468 0.364037
        0.610441 0.40279 0.181957
        """);
    assertNear(
        Affine.rotation(90).apply(Tensor.arange(9).to(DType.F32).view(1, 3, 3), random),
        """
        2 5 8 1 4 7 0 3 6
        """);
  }

  @Test
  void affineMaps() {
    assertNear(
        new Affine(20, 1, -1, 1.3, 10, 5, GridSampling.Mode.LINEAR).apply(red(), random),
        """
        0.545017 0.636036 0.694888 0.334815 0.618261 0.3662 0.496319 0.431944 0.004927
        0.081625 0.262725 0.159502
        """);
    assertNear(
        new Affine(20, 1, -1, 1.3, 10, 5, GridSampling.Mode.NEAREST).apply(red(), random),
        """
        0.465347 0.465347 0.831683 0.19802 0.930693 0.29703 0.663366 0.663366 0
        0 0 0.029703
        """);
  }

  @Test
  void colours() {
    assertNear(
        Color.brightness(image(), 1.7),
        """
        0 0.622772 1 0.168317 0.791089 1 0.336634 0.959406 1
        0.504951 1 0.050495 0.673267 1 0.218812 0.841584 1 0.387129
        1 1 0.555446 1 0.10099 0.723762 1 0.269307 0.892079
        1 0.437624 1 1 0.605941 1 0.151485 0.774257 1
        """);
    assertNear(
        Color.contrast(image(), 1.7),
        """
        0 0.284966 0.907738 0 0.453283 1 0 0.621599 1
        0.167144 0.789916 0 0.335461 0.958233 0 0.503778 1 0.049322
        0.672095 1 0.217639 0.840411 0 0.385956 1 0 0.554273
        1 0.099817 0.72259 1 0.268134 0.890906 0 0.436451 1
        """);
    assertNear(
        Color.saturation(image(), 0.4),
        """
        0.193663 0.491578 0.505693 0.292667 0.590582 0.604697 0.391671 0.689586 0.703701
        0.422275 0.43639 0.223365 0.352079 0.649994 0.264109 0.451083 0.748998 0.363113
        0.550087 0.848002 0.462116 0.580691 0.194806 0.38178 0.510495 0.40841 0.422524
        0.609499 0.507414 0.521528 0.708503 0.606418 0.620532 0.339107 0.353222 0.540196
        """);
    assertNear(
        Color.hue(image(), 0.2),
        """
        0.554455 0.158416 0.732673 0.653465 0.257426 0.831683 0.752475 0.356436 0.930693
        0.089109 0.663366 0.584158 0 0.762376 0.457426 0.09901 0.861386 0.556436
        0.19802 0.960396 0.655446 0.693069 0.388119 0.029703 0.792079 0.675248 0.128713
        0.891089 0.774257 0.227723 0.990099 0.873267 0.326733 0.605941 0.059406 0.821782
        """);
    assertNear(
        Color.hue(image(), -0.45),
        """
        0.792079 0.735644 0.128713 0.891089 0.834653 0.227723 0.990099 0.933663 0.326733
        0.666337 0.059406 0.821782 0.633663 0.158416 0.732673 0.732673 0.257426 0.831683
        0.831683 0.356436 0.930693 0.089109 0.663366 0.663366 0 0.762376 0.517822
        0.09901 0.861386 0.616832 0.19802 0.960396 0.715842 0.693069 0.448515 0.029703
        """);
    assertNear(
        new Grayscale().apply(image(), random),
        """
        0.322772 0.575072 0.354372 0.421772 0.674072 0.453372 0.520772 0.773072 0.552372
        0.505772 0.285072 0.352472
        """);
    assertNear(Color.hue(Tensor.full(new long[] {3, 1, 2}, 0.5), 0.3), ".5 .5 .5 .5 .5 .5");
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
        """
        0 0.183168 0.427393 0.671617 0.415842 0.09901 0.290842 0.47401 0.614068
        0.441625 0.394183 0.389851 0.639852 0.63552 0.588078 0.415635 0.368193 0.363861
        0.930693 0.613861 0.358086 0.60231 0.346535 0.029703
        """);
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
