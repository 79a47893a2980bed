namespace Overseer.Generators.Model;

/// <summary>All that is emitted for one project, one part per file.</summary>
internal sealed record ProjectModel(EquatableArray<HandlerPlan> Handlers, TokenFile Tokens, GraphFile Graphs, MapFile Map, JsonModel? Json);

/// <param name="Class">The generated class's name, which is also that of its file.</param>
/// <param name="Handler">The handler.</param>
/// <param name="Json">The JSON metadata of its assembly.</param>
internal sealed record HandlerPlan(string Class, BoundHandler Handler, JsonModel? Json);

/// <param name="Assembly">The assembly's name.</param>
/// <param name="Class">The generated class's name.</param>
/// <param name="Json">The JSON metadata of the assembly.</param>
/// <param name="Tokens">The tokens, in the ordinal order of their names.</param>
internal sealed record TokenFile(string Assembly, string Class, JsonModel? Json, EquatableArray<TokenModel> Tokens);

/// <param name="Assembly">The assembly's name.</param>
/// <param name="Class">The generated class's name.</param>
/// <param name="Graphs">The graphs, in the ordinal order of their names.</param>
internal sealed record GraphFile(string Assembly, string Class, EquatableArray<GraphModel> Graphs);

/// <param name="Manifest">The name of this assembly's manifest class.</param>
/// <param name="Place">Where the handler map goes.</param>
/// <param name="Handlers">The handlers that are emitted.</param>
/// <param name="Manifests">The manifest classes of the referenced assemblies that have handlers.</param>
internal sealed record MapFile(string Manifest, MapPlace Place, EquatableArray<MapEntry> Handlers, EquatableArray<string> Manifests);

/// <param name="Class">The generated class.</param>
/// <param name="Handler">The handler class, as generated code writes it.</param>
/// <param name="IsObsolete">Whether naming the handler class warns.</param>
internal sealed record MapEntry(string Class, string Handler, bool IsObsolete);
