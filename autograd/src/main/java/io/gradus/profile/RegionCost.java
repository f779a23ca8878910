package io.gradus.profile;

/**
 * What a region cost, with all that ran in it.
 *
 * @param name of the region
 * @param kind who opened it
 * @param calls how often it was entered
 * @param nanos in all
 */
public record RegionCost(String name, Region.Kind kind, long calls, long nanos) {
  RegionCost plus(long time) {
    return new RegionCost(name, kind, calls + 1, nanos + time);
  }
}
