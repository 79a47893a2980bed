namespace Overseer;

/// <summary>Where each assembly's generated code adds a factory per graph: <c>JobGraphs.Create{Name}(args…)</c>.</summary>
public static class JobGraphs;
