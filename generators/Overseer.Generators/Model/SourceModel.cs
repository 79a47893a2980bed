namespace Overseer.Generators.Model;

/// <summary>All that is read of one project.</summary>
/// <param name="Own">The assembly itself, without its handlers; null if it does not know Overseer.</param>
/// <param name="Handlers">Its handlers, in source order.</param>
/// <param name="References">The referenced assemblies that have handlers.</param>
/// <param name="MapPlace">Where its handler map goes.</param>
internal sealed record SourceModel(AssemblyModel? Own, EquatableArray<HandlerModel> Handlers, EquatableArray<AssemblyModel> References, MapPlace MapPlace);
