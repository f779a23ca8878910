package io.gradus.io;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.gradus.Tensor;
import io.gradus.data.LoaderPosition;
import io.gradus.nn.Linear;
import io.gradus.optim.Adam;
import io.gradus.optim.AdamOptions;
import io.gradus.random.Generator;
import io.gradus.tensor.error.FormatException;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Damaged files: every reader gives a result or a {@link FormatException}, and takes no more memory
 * than a small file deserves.
 *
 * <p>{@code -Dgradus.fuzz.inputs=N} gives each reader N random inputs instead of a few hundred,
 * {@code -Dgradus.fuzz.seed=S} other ones.
 */
class FuzzTest {
  private static final int INPUTS = Integer.getInteger("gradus.fuzz.inputs", 500);
  private static final long SEED = Long.getLong("gradus.fuzz.seed", 1);
  private static final Limits LIMITS = new Limits(1 << 20, 1 << 16, 200, 250);
  private static final long MOST_ALLOCATED = 64 << 20;

  @TempDir static Path dir;

  /** A reader, and files it should read. */
  enum Reader {
    NPY(
        "f4.npy",
        "f8-big-fortran.npy",
        "b1.npy",
        "i8-scalar.npy",
        "i2-empty.npy",
        "i4-version3.npy") {
      @Override
      void read(byte[] bytes) {
        use(Npy.read(Content.of("fuzz", bytes), LIMITS));
      }
    },
    MAPPED("f4.npy", "i2-empty.npy", "i4-version2.npy") {
      @Override
      void read(byte[] bytes) {
        try (MappedNpy array = MappedNpy.open(Content.of("fuzz", bytes), LIMITS)) {
          long rows = Math.min(2, array.shape().size(0));
          use(array.rows(0, rows));
        }
      }
    },
    SAFETENSORS("every.safetensors", "model.safetensors") {
      @Override
      void read(byte[] bytes) {
        try (Safetensors file = Safetensors.open(Content.of("fuzz", bytes), LIMITS)) {
          file.all().values().forEach(Reader::use);
        }
      }
    },
    IDX("labels-idx1-ubyte", "images-idx3-ubyte.gz", "floats.idx") {
      @Override
      void read(byte[] bytes) {
        use(Idx.read(Content.of("fuzz", bytes), LIMITS));
      }
    },
    CSV("table.csv") {
      @Override
      byte[] seed(String name) {
        return "a,\"b, c\",kind\n1,2.5,x\n-3,,\"y\"\n".getBytes(StandardCharsets.UTF_8);
      }

      @Override
      void read(byte[] bytes) {
        Csv table = Csv.read(Content.of("fuzz", bytes), ',', true, LIMITS);
        if (!table.names().isEmpty()) {
          table.classes(table.names().get(0));
          use(table.numbers());
        }
      }
    },
    CHECKPOINT("checkpoint") {
      @Override
      byte[] seed(String name) {
        Linear model = new Linear(2, 2);
        Path path = dir.resolve(name);
        Checkpoint.of(model)
            .optimizer(new Adam(model.parameters(), AdamOptions.of(0.1)))
            .generator("g", new Generator(1))
            .position(new LoaderPosition(1, 2, new Generator(1).getState()))
            .save(path);
        try {
          return Files.readAllBytes(path);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }

      @Override
      void read(byte[] bytes) {
        Checkpoint saved = Checkpoint.load(Content.of("fuzz", bytes), LIMITS);
        saved.position();
        Linear model = new Linear(2, 2);
        Map<String, float[]> before = values(model);
        try {
          saved.restore(model, new Adam(model.parameters(), AdamOptions.of(0.1)));
        } catch (FormatException e) {
          values(model).forEach((k, v) -> assertArrayEquals(before.get(k), v, "half loaded"));
          throw e;
        }
      }

      private static Map<String, float[]> values(Linear model) {
        Map<String, float[]> values = new HashMap<>();
        model.stateDict().forEach((name, t) -> values.put(name, t.floatArray()));
        return values;
      }
    },
    CIFAR("cifar.bin") {
      @Override
      void read(byte[] bytes) {
        use(CifarFile.read(Content.of("fuzz", bytes), 10, LIMITS).images());
      }
    },
    IMAGE("png", "gif", "bmp", "jpg", "tiff") {
      @Override
      byte[] seed(String name) {
        BufferedImage image = new BufferedImage(7, 5, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 35; i++) {
          image.setRGB(i % 7, i / 7, i * 0x1c3a57);
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
          assertTrue(ImageIO.write(image, name, out));
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        return out.toByteArray();
      }

      @Override
      void read(byte[] bytes) {
        use(ImageFile.read(file(bytes), LIMITS));
      }
    },
    NPZ("stored.npz", "deflated.npz") {
      @Override
      void read(byte[] bytes) {
        Npz.read(file(bytes), LIMITS).values().forEach(Reader::use);
      }
    },
    TORCH("nested.pt", "deflated.pt") {
      @Override
      void read(byte[] bytes) {
        TorchFile.read(file(bytes), LIMITS);
      }
    },
    /** The pickle alone: inside of an archive its checksum would hide what changes in it. */
    PICKLE("every.pt", "nested.pt") {
      @Override
      byte[] seed(String name) {
        try (ZipReader zip = new ZipReader("torch", SampleFiles.in(dir, name), LIMITS)) {
          return zip.bytes(root(name) + "data.pkl", LIMITS);
        }
      }

      @Override
      void read(byte[] bytes) {
        for (String name : names()) {
          Path path = dir.resolve(name);
          try (ZipReader zip =
              new ZipReader(
                  "torch", Files.exists(path) ? path : SampleFiles.in(dir, name), LIMITS)) {
            Where where = zip.where();
            TorchGlobals globals =
                new TorchGlobals(zip, root(name), ByteOrder.LITTLE_ENDIAN, LIMITS);
            if (PickleReader.read(where, bytes, globals) instanceof Tensor t) {
              use(t);
            }
          }
        }
      }

      private static String root(String name) {
        return name.substring(0, name.indexOf('.')) + "/";
      }
    };

    private final List<String> names;

    Reader(String... names) {
      this.names = List.of(names);
    }

    List<String> names() {
      return names;
    }

    byte[] seed(String name) {
      return SampleFiles.bytes(name);
    }

    /** The end of a table or of records does not show; image decoders fill up what is missing. */
    boolean mayEndAt(int length) {
      return switch (this) {
        case CSV, IMAGE -> true;
        case CIFAR -> length > 0 && length % (1 + 3 * 32 * 32) == 0;
        default -> false;
      };
    }

    abstract void read(byte[] bytes);

    List<byte[]> seeds() {
      return names.stream().map(this::seed).toList();
    }

    /** Looks at the elements, so that a wrong layout shows. */
    static void use(Tensor t) {
      t.cloneContiguous();
    }

    static Path file(byte[] bytes) {
      try {
        return Files.write(dir.resolve("fuzz"), bytes);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static int refused(Reader reader, byte[] bytes) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    int refused = 0;
    try {
      reader.read(bytes);
    } catch (FormatException e) {
      refused = 1;
    } catch (Throwable e) {
      throw new AssertionError(
          reader + " threw " + e + " on " + HexFormat.of().formatHex(bytes), e);
    }
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    assertTrue(
        allocated < MOST_ALLOCATED,
        () -> reader + " took " + allocated + " on " + HexFormat.of().formatHex(bytes));
    return refused;
  }

  @ParameterizedTest
  @EnumSource
  void filesThatEndTooSoonAreRefused(Reader reader) {
    for (byte[] seed : reader.seeds()) {
      for (int length = 0; length < seed.length; length += seed.length > 1000 ? 7 : 1) {
        int at = length;
        byte[] cut = java.util.Arrays.copyOf(seed, at);
        assertTrue(
            refused(reader, cut) == 1 || reader.mayEndAt(at),
            () -> reader + " took a file cut at " + at);
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void filesWithOneBitChangedAreReadOrRefused(Reader reader) {
    byte[] seed = reader.seeds().get(0);
    int refused = 0;
    for (int bit = 0; bit < seed.length * 8; bit += seed.length > 1000 ? 9 : 1) {
      byte[] flipped = seed.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      refused += refused(reader, flipped);
    }
    assertTrue(refused > 0);
  }

  /** Sizes, counts and offsets are numbers somewhere: each may be the largest one. */
  @ParameterizedTest
  @EnumSource
  void filesWithALargeNumberAnywhereAreReadOrRefused(Reader reader) {
    int refused = 0;
    for (byte[] seed : reader.seeds()) {
      for (int at = 0; at + 4 <= seed.length; at += seed.length > 1000 ? 7 : 1) {
        for (int large : new int[] {Integer.MAX_VALUE, 0x4000_0001, 0x00ff_ffff, 0xffff}) {
          for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
            byte[] changed = seed.clone();
            ByteBuffer.wrap(changed).order(order).putInt(at, large);
            refused += refused(reader, changed);
          }
        }
      }
    }
    assertTrue(refused > 0);
  }

  @ParameterizedTest
  @EnumSource
  void filesChangedAtRandomAreReadOrRefused(Reader reader) {
    SplittableRandom random = new SplittableRandom(SEED + reader.ordinal());
    List<byte[]> pool = new ArrayList<>(reader.seeds());
    int refused = 0;
    for (int i = 0; i < INPUTS; i++) {
      byte[] input = Mutation.of(pool, random);
      int was = refused(reader, input);
      refused += was;
      // What is still read is worth changing further.
      if (was == 0 && pool.size() < 200 && input.length < 10_000) {
        pool.add(input);
      }
    }
    assertTrue(refused > 0);
    System.getLogger("fuzz")
        .log(System.Logger.Level.DEBUG, "{0}: {1} inputs, {2} refused", reader, INPUTS, refused);
  }
}
