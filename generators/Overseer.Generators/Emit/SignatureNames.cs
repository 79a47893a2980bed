using Overseer.Generators.Model;

namespace Overseer.Generators.Emit;

internal static class SignatureNames
{
    public static string ArgsTypeName(this BoundHandler handler) => handler.Args?.Name ?? "Unit";

    public static string ResultName(this BoundHandler handler) => handler.Handler.Result?.Name ?? "Unit";
}
