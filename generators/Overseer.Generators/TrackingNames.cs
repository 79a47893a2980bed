namespace Overseer.Generators;

/// <summary>The steps of the pipeline, for the tests of its caching.</summary>
internal static class TrackingNames
{
    public const string Source = nameof(Source);
    public const string Handlers = nameof(Handlers);
    public const string Assembly = nameof(Assembly);
    public const string References = nameof(References);
    public const string RootNamespace = nameof(RootNamespace);
    public const string MapPlace = nameof(MapPlace);
    public const string Project = nameof(Project);
    public const string Plans = nameof(Plans);
    public const string Tokens = nameof(Tokens);
    public const string Graphs = nameof(Graphs);
    public const string Map = nameof(Map);
    public const string Json = nameof(Json);
}
