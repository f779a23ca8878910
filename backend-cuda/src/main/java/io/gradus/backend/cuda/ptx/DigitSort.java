package io.gradus.backend.cuda.ptx;

import io.gradus.backend.cuda.plan.Argument;
import io.gradus.backend.cuda.plan.DeviceTraits;
import io.gradus.backend.cuda.plan.PtxSource;
import io.gradus.backend.cuda.plan.Step;
import java.util.ArrayList;
import java.util.List;

/**
 * The launches of a sort by digits from the lowest to the highest. For each digit, blocks count
 * what is in their pieces of a line, sums of the counts say where each piece's elements go, and
 * blocks bring them there.
 */
record DigitSort(SortPlan.Order order, Lines lines, long size, int pieces) {
  /** Counts of a digit in so many pieces of a line are summed up by one warp. */
  private static final long MOST_PIECES = 512;

  private static final int COUNTS = 4;
  private static final int SUMS = 5;

  static DigitSort of(SortPlan.Order order, Lines in, DeviceTraits traits) {
    Lines lines = new Lines(in.operands(), in.walk(), in.along(), order.wide());
    long tiles = Math.ceilDiv(order.length(), DigitMoveSource.TILE);
    long wanted = Math.ceilDiv(Grids.resident(traits), lines.count());
    long most = Math.min(wanted, MOST_PIECES);
    long size = Math.ceilDiv(tiles, Math.min(most, tiles)) * DigitMoveSource.TILE;
    return new DigitSort(order, lines, size, (int) Math.ceilDiv(order.length(), size));
  }

  /** Bytes of the counts and of their sums. */
  List<Long> temporaryBytes() {
    long sums = 4 * lines.count() * DigitInput.DIGITS;
    return List.of(sums * pieces, sums);
  }

  /** Adds the launches; says which buffer holds the result. */
  int steps(List<Step> to, Sources sources) {
    int digits = order.digits();
    for (int i = 0; i < digits; i++) {
      DigitInput input =
          i == 0 ? DigitInput.first(order, lines.walk().rank()) : DigitInput.later(order);
      List<Argument> found = input(i);
      PtxSource count = sources.get(new DigitCountSource(input), DigitCountSource::write);
      PtxSource move = sources.get(new DigitMoveSource(input), DigitMoveSource::write);
      to.add(blocks(count, found, List.of(new Argument.Temporary(COUNTS, 0))));
      to.add(offsets(sources));
      to.add(
          blocks(
              move,
              found,
              List.of(
                  new Argument.Temporary(COUNTS, 0),
                  new Argument.Temporary(SUMS, 0),
                  SortPlan.keys(i % 2),
                  SortPlan.numbers(i % 2))));
    }
    return (digits - 1) % 2;
  }

  private List<Argument> input(int digit) {
    List<Argument> arguments = new ArrayList<>();
    arguments.add(order.number(order.length()));
    arguments.add(order.number(size));
    arguments.add(new Argument.I32(pieces));
    arguments.add(new Argument.I32(order.key().firstBit() + DigitInput.BITS * digit));
    if (digit == 0) {
      lines.arguments(arguments);
    } else {
      arguments.add(SortPlan.keys((digit - 1) % 2));
      arguments.add(SortPlan.numbers((digit - 1) % 2));
    }
    return arguments;
  }

  private Step blocks(PtxSource source, List<Argument> input, List<Argument> others) {
    List<Argument> arguments = new ArrayList<>(input);
    arguments.addAll(others);
    int grid = Grids.each(lines.count() * pieces);
    return Step.Launch.of(source, grid, DigitInput.DIGITS, arguments, order.name());
  }

  private Step offsets(Sources sources) {
    long rows = lines.count() * DigitInput.DIGITS;
    return Step.Launch.of(
        sources.get(new DigitOffsetsSource(order.wide()), DigitOffsetsSource::write),
        Grids.each(Math.ceilDiv(rows, DigitOffsetsSource.ROWS)),
        DigitOffsetsSource.BLOCK,
        List.of(
            order.number(rows),
            new Argument.I32(pieces),
            new Argument.Temporary(COUNTS, 0),
            new Argument.Temporary(SUMS, 0)),
        order.name());
  }
}
