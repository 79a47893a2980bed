using Overseer.Stores;

namespace Overseer.Simulation.Tests;

/// <summary>What everything in one play shares.</summary>
internal sealed record Backstage(Stage Stage, Actor Server, IJobStore Store, History History, Weather Weather, Waiters Waiters, Twist Twist);
