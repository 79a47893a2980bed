using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Overseer.Json;

/// <summary>Looks for <see cref="WasNamedAttribute"/> in a stored type and all it can hold, through the metadata that JSON is read by. What has a converter is opaque.</summary>
internal sealed class MemberNameFinder
{
    private readonly JsonSerializerOptions options;
    private readonly Dictionary<Type, MemberNames> found = [];
    private readonly Queue<(Type Type, MemberNames Names)> open = [];

    private MemberNameFinder(JsonSerializerOptions options) => this.options = options;

    /// <summary>Null if no member was ever renamed.</summary>
    /// <param name="root">The metadata of the stored type.</param>
    /// <param name="formerNames">All former names there are.</param>
    public static MemberNames? Find(JsonTypeInfo root, out IReadOnlySet<string> formerNames)
    {
        var finder = new MemberNameFinder(root.Options);
        var names = finder.Of(root.Type);
        while (finder.open.TryDequeue(out var next)) finder.Read(next.Type, next.Names);
        formerNames = finder.found.Values.SelectMany(type => type.FormerNames).ToHashSet(StringComparer.Ordinal);
        if (formerNames.Count == 0) return null;
        finder.MarkWhatMatters();
        return names.Matters ? names : null;
    }

    private MemberNames Of(Type type)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        if (found.TryGetValue(type, out var names)) return names;
        found.Add(type, names = new MemberNames());
        open.Enqueue((type, names));
        return names;
    }

    private void Read(Type type, MemberNames names)
    {
        // Whatever cannot be read has been refused with the metadata of the root.
        var info = options.GetTypeInfo(type);
        if (info.ElementType is { } element) names.Elements = Of(element);
        // The metadata of a member that is ignored has no way in or out.
        var members = info.Properties.Where(member => member.Get is not null || member.Set is not null || member.AssociatedParameter is not null).ToList();
        foreach (var member in members) names.AddMember(member.Name, member.CustomConverter is null ? Of(member.PropertyType) : null);
        foreach (var member in members) names.AddFormerNames(member.Name, FormerNamesOf(member));
        if (info.PolymorphismOptions is not { } polymorphism) return;
        names.Discriminator = polymorphism.TypeDiscriminatorPropertyName;
        foreach (var derived in polymorphism.DerivedTypes)
        {
            if (derived.TypeDiscriminator is { } discriminator) names.AddDerived(discriminator, Of(derived.DerivedType));
        }
    }

    private static string[] FormerNamesOf(JsonPropertyInfo member) =>
        [.. NamesOn(member.AttributeProvider), .. NamesOn(member.AssociatedParameter?.AttributeProvider)];

    // An override has the attribute of what it overrides, which ICustomAttributeProvider itself does not look for.
    private static IReadOnlyList<string> NamesOn(ICustomAttributeProvider? provider) => provider switch
    {
        MemberInfo member => member.GetCustomAttribute<WasNamedAttribute>(inherit: true)?.Names ?? [],
        ParameterInfo parameter => parameter.GetCustomAttribute<WasNamedAttribute>(inherit: false)?.Names ?? [],
        _ => [],
    };

    private void MarkWhatMatters()
    {
        bool hasChanged;
        do
        {
            hasChanged = false;
            foreach (var names in found.Values.Where(names => !names.Matters && (names.FormerNames.Any() || names.Below.Any(below => below.Matters))))
                names.Matters = hasChanged = true;
        }
        while (hasChanged);
    }
}
