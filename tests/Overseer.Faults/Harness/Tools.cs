namespace Overseer.Faults;

/// <summary>Programs that not every machine has.</summary>
internal static class Tools
{
    private const string Remedy = "Run tests/Overseer.Faults/setup, which unpacks it from Debian's packages";

    /// <summary>A library that gives a program another clock, the variant for programs with threads: the one that <c>OVERSEER_TEST_FAKETIME</c> names, the system's, or that of the set-up.</summary>
    public static string FakeTime => Find("OVERSEER_TEST_FAKETIME", "libfaketime", ["/usr/lib", $"{Unpacked("faketime")}/usr/lib"], "*/faketime/libfaketimeMT.so.1");

    /// <summary>PgBouncer: the one that <c>OVERSEER_TEST_PGBOUNCER</c> names, the system's, or that of the set-up.</summary>
    public static string PgBouncer => Find("OVERSEER_TEST_PGBOUNCER", "PgBouncer", ["/usr/sbin", "/usr/bin", Unpacked("pgbouncer")], "pgbouncer");

    /// <exception cref="FaultException">This is not root.</exception>
    public static void NeedRoot(string what)
    {
        if (!Shell.IsRoot) throw new FaultException($"{what} needs root. Run the scenario as root, in a container or a virtual machine say.");
    }

    private static string Unpacked(string name) => Path.Combine(Path.GetTempPath(), $"overseer-tests-{name}");

    private static string Find(string variable, string name, string[] folders, string pattern)
    {
        if (Environment.GetEnvironmentVariable(variable) is { Length: > 0 } given) return given;
        foreach (var folder in folders.Where(Directory.Exists))
        {
            var parts = pattern.Split('/', 2);
            var within = parts.Length == 1 ? [folder] : Directory.GetDirectories(folder, parts[0]);
            if (within.Select(each => Path.Combine(each, parts[^1])).FirstOrDefault(File.Exists) is { } found) return found;
        }

        throw new FaultException($"{name} was not found. {Remedy}, or set {variable} to its path.");
    }
}
