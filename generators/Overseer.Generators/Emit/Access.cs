using Overseer.Generators.Model;

namespace Overseer.Generators.Emit;

internal static class Access
{
    public static string Of(Visibility visibility) => visibility == Visibility.Public ? "public" : "internal";

    /// <summary>Of a class with members that are seen so far.</summary>
    public static string Of(IEnumerable<Visibility> members) => Of(members.Aggregate(Visibility.Internal, (most, member) => member > most ? member : most));
}
