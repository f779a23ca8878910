package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.Argument;
import io.gradus.backend.cuda.plan.DeviceTraits;
import io.gradus.backend.cuda.plan.Plan;
import io.gradus.backend.cuda.plan.Step;
import io.gradus.tensor.kernel.Kernel;
import io.gradus.tensor.kernel.Operand;
import java.util.ArrayList;
import java.util.List;

/**
 * Launches for {@link Kernel.Sort}: keys and positions are brought in order in memory of the plan,
 * then the elements are fetched.
 *
 * <p>A block sorts a short line. Of longer ones it sorts tiles, which are merged two by two, as
 * long as that passes over the elements no more often than a {@link DigitSort}, whose passes take
 * three launches each.
 */
final class SortPlan {
  private static final String NAME = "sort";
  private static final int BLOCK = 256;

  private SortPlan() {}

  static Plan of(Kernel.Sort k, DeviceTraits traits, Sources sources) {
    List<Operand> operands = new ArrayList<>(List.of(k.in()));
    Operand values = k.values();
    Operand indices = k.indices();
    if (values != null) {
      operands.add(values);
    }
    if (indices != null) {
      operands.add(indices);
    }
    if (operands.size() == 1 || operands.getLast().layout().numel() == 0) {
      return Plan.of();
    }
    List<Step> steps = new ArrayList<>();
    SortKey key = new SortKey(k.in().dtype(), k.descending());
    Sorted sorted = sort(k.in(), k.axis(), key, key.endBit(), NAME, steps, traits, sources);
    Lines lines = Lines.of(operands, k.axis(), sources);
    steps.add(pick(sorted.order, lines, k, sorted.buffer, traits, sources));
    return new Plan(sorted.temporaryBytes(), steps);
  }

  /**
   * Keys and positions in order, line after line, in memory of the plan.
   *
   * @param buffer which of two; the second is there if any pass needs it
   */
  record Sorted(Order order, int buffer, List<Long> temporaryBytes) {
    Argument keys() {
      return SortPlan.keys(buffer);
    }

    Argument numbers() {
      return SortPlan.numbers(buffer);
    }
  }

  /**
   * Adds the launches that sort the lines of an operand.
   *
   * @param endBit keys differ in the bits below this one alone; if not their order is any
   */
  static Sorted sort(
      Operand in,
      int axis,
      SortKey key,
      int endBit,
      String name,
      List<Step> steps,
      DeviceTraits traits,
      Sources sources) {
    long length = Lines.length(in, axis);
    Lines lines = Lines.of(List.of(in), axis, sources);
    long count = lines.count() * length;
    boolean wide = lines.wide() || count > Integer.MAX_VALUE;
    Order order = new Order(key, endBit, length, count, wide, name);
    long keyBytes = count * order.key().register().bytes;
    List<Long> one = List.of(keyBytes, 4 * count);
    List<Long> bytes = new ArrayList<>(one);
    if (sources.digits(order.merges() > order.digits())) {
      DigitSort sort = DigitSort.of(order, lines, traits);
      bytes.addAll(one);
      bytes.addAll(sort.temporaryBytes());
      return new Sorted(order, sort.steps(steps, sources), bytes);
    }
    if (order.merges() > 0) {
      bytes.addAll(one);
    }
    steps.add(tiles(order, lines, sources));
    int now = 0;
    for (long run = order.tile(); run < length; run *= 2) {
      steps.add(merge(order, run, now, traits, sources));
      now = 1 - now;
    }
    return new Sorted(order, now, bytes);
  }

  /** What is sorted. */
  record Order(SortKey key, int endBit, long length, long count, boolean wide, String name) {
    int tile() {
      long power = Long.highestOneBit(Math.max(1, length - 1)) * 2;
      return (int) Math.clamp(power, TileSortSource.SMALLEST, TileSortSource.LARGEST);
    }

    /** How often tiles and what became of them are merged. */
    int merges() {
      int merges = 0;
      for (long run = tile(); run < length; run *= 2) {
        merges++;
      }
      return merges;
    }

    /** How many digits there are to sort by. */
    int digits() {
      return Math.ceilDiv(endBit - key.firstBit(), DigitInput.BITS);
    }

    Argument number(long value) {
      return IndexMath.argument(wide, value);
    }
  }

  static Argument keys(int buffer) {
    return new Argument.Temporary(2 * buffer, 0);
  }

  static Argument numbers(int buffer) {
    return new Argument.Temporary(2 * buffer + 1, 0);
  }

  private static Step tiles(Order order, Lines in, Sources sources) {
    Lines lines = new Lines(in.operands(), in.walk(), in.along(), order.wide);
    long tiles = Math.ceilDiv(order.length, order.tile());
    List<Argument> arguments = new ArrayList<>();
    arguments.add(order.number(order.length));
    arguments.add(new Argument.I32(Math.toIntExact(tiles)));
    lines.arguments(arguments);
    arguments.add(keys(0));
    arguments.add(numbers(0));
    TileSortSource source =
        new TileSortSource(order.key, order.tile(), lines.walk().rank(), order.wide);
    return Step.Launch.of(
        sources.get(source, TileSortSource::write),
        Grids.each(tiles * lines.count()),
        order.tile() / 2,
        arguments,
        order.name);
  }

  private static Step merge(Order order, long run, int now, DeviceTraits traits, Sources sources) {
    List<Argument> arguments = new ArrayList<>();
    arguments.add(order.number(order.count));
    IndexMath.arguments(arguments, order.wide, order.length);
    IndexMath.arguments(arguments, order.wide, run);
    arguments.add(keys(now));
    arguments.add(numbers(now));
    arguments.add(keys(1 - now));
    arguments.add(numbers(1 - now));
    return Step.Launch.of(
        sources.get(new MergeSource(order.key.dtype().compute(), order.wide), MergeSource::write),
        Grids.blocks(order.count, BLOCK, traits),
        BLOCK,
        arguments,
        order.name);
  }

  private static Step pick(
      Order order, Lines all, Kernel.Sort k, int now, DeviceTraits traits, Sources sources) {
    Lines lines = new Lines(all.operands(), all.walk(), all.along(), all.wide() || order.wide);
    long kept = Lines.length(lines.operands().getLast(), k.axis());
    List<Argument> arguments = new ArrayList<>();
    arguments.add(IndexMath.argument(lines.wide(), kept * lines.count()));
    IndexMath.arguments(arguments, lines.wide(), kept);
    arguments.add(IndexMath.argument(lines.wide(), order.length));
    lines.arguments(arguments);
    arguments.add(numbers(now));
    PickSource source =
        new PickSource(
            order.key.dtype().byteSize(),
            k.values() != null,
            k.indices() != null,
            lines.walk().rank(),
            lines.wide());
    return Step.Launch.of(
        sources.get(source, PickSource::write),
        Grids.blocks(kept * lines.count(), BLOCK, traits),
        BLOCK,
        arguments,
        NAME);
  }
}
