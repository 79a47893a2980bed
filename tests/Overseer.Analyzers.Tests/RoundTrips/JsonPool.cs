namespace Overseer.Analyzers.Tests.RoundTrips;

/// <summary>A type, a value of it, and what declares it.</summary>
/// <param name="Type">The type, as C# writes it.</param>
/// <param name="Value">An expression of that type, without null where it matters.</param>
/// <param name="Declaration">What has to be declared for it.</param>
internal sealed record JsonSpecimen(string Type, string Value, string Declaration = "")
{
    public override string ToString() => $"{Type} {Declaration}";
}

/// <summary>Types of every kind that System.Text.Json treats differently: some come back as they were, some do not. Which, nobody wrote down here.</summary>
internal static class JsonPool
{
    public static IReadOnlyList<JsonSpecimen> All { get; } = [.. Values(), .. Collections(), .. Objects(), .. LeftOut(), .. Polymorphic(), .. OfTheFramework()];

    private static IEnumerable<JsonSpecimen> Values() =>
    [
        new("int", "5"), new("bool", "true"), new("char", "'x'"), new("string", "\"a\""), new("decimal", "1.50m"), new("double", "0.1"), new("Half", "(Half)1"), new("Int128", "5"),
        new("UInt128", "5"), new("byte[]", "new byte[] { 1, 2 }"), new("int?", "5"), new("DateTime", "DateTime.UnixEpoch"), new("DateTimeOffset", "DateTimeOffset.UnixEpoch"),
        new("DateOnly", "new DateOnly(2026, 2, 28)"), new("TimeOnly", "new TimeOnly(1, 2)"), new("TimeSpan", "TimeSpan.FromDays(3)"), new("Guid", "new Guid(1, 2, 3, new byte[8])"),
        new("Uri", "new Uri(\"http://a\")"), new("Version", "new Version(1, 2)"), new("DayOfWeek", "DayOfWeek.Friday"), new("JsonElement", "JsonSerializer.SerializeToElement(1)"),
        new("JsonObject", "new JsonObject { [\"a\"] = 1 }"), new("JsonNode", "new JsonArray(1)"), new("(int Id, string Name)", "(1, \"a\")"),
        new("(int, int, int, int, int, int, int, int)", "(1, 2, 3, 4, 5, 6, 7, 8)"), new("Tuple<int, string>", "Tuple.Create(1, \"a\")"), new("KeyValuePair<string, int>", "new(\"a\", 1)"),
        new("IntPtr", "1"), new("nuint", "1"), new("Type", "typeof(int)"), new("Action", "() => { }"), new("CancellationToken[]", "new CancellationToken[1]"), new("int[,]", "new int[1, 1]"),
        new("KeyValuePair<string, Action>", "new(\"a\", () => { })"),
    ];

    private static IEnumerable<JsonSpecimen> Collections() =>
    [
        new("int[]", "new[] { 1, 2 }"), new("int[][]", "new[] { new[] { 1, 2 } }"), new("List<int>", "new() { 1, 2 }"), new("HashSet<int>", "new() { 1 }"), new("SortedSet<int>", "new() { 1 }"),
        new("LinkedList<int>", "new(new[] { 1, 2 })"), new("Queue<int>", "new(new[] { 1, 2 })"), new("Stack<int>", "new(new[] { 1, 2 })"),
        new("ConcurrentQueue<int>", "new(new[] { 1, 2 })"), new("ConcurrentStack<int>", "new(new[] { 1, 2 })"), new("ConcurrentBag<int>", "new(new[] { 1 })"),
        new("ConcurrentDictionary<string, int>", "new() { [\"a\"] = 1 }"), new("SortedList<string, int>", "new() { [\"a\"] = 1 }"), new("ObservableCollection<int>", "new() { 1 }"),
        new("ReadOnlyCollection<int>", "new(new[] { 1 })"), new("ReadOnlyDictionary<string, int>", "new(new Dictionary<string, int> { [\"a\"] = 1 })"),
        new("ImmutableArray<int>", "ImmutableArray.Create(1, 2)"), new("ImmutableList<int>", "ImmutableList.Create(1, 2)"), new("ImmutableQueue<int>", "ImmutableQueue.Create(1, 2)"),
        new("ImmutableStack<int>", "ImmutableStack.Create(1, 2)"), new("ImmutableHashSet<int>", "ImmutableHashSet.Create(1)"), new("ImmutableSortedSet<int>", "ImmutableSortedSet.Create(1)"),
        new("ImmutableDictionary<string, int>", "ImmutableDictionary<string, int>.Empty.Add(\"a\", 1)"), new("FrozenSet<int>", "new[] { 1 }.ToFrozenSet()"),
        new("FrozenDictionary<string, int>", "new Dictionary<string, int> { [\"a\"] = 1 }.ToFrozenDictionary()"), new("ArraySegment<int>", "new(new[] { 1 })"),
        new("IEnumerable<int>", "new List<int> { 1 }"), new("ICollection<int>", "new List<int> { 1 }"), new("IList<int>", "new List<int> { 1 }"), new("ISet<int>", "new HashSet<int> { 1 }"),
        new("IReadOnlyList<int>", "new List<int> { 1 }"), new("IReadOnlyCollection<int>", "new List<int> { 1 }"), new("IReadOnlySet<int>", "new HashSet<int> { 1 }"),
        new("IDictionary<string, int>", "new Dictionary<string, int> { [\"a\"] = 1 }"), new("IReadOnlyDictionary<string, int>", "new Dictionary<string, int> { [\"a\"] = 1 }"),
        new("IImmutableList<int>", "ImmutableList.Create(1)"), new("IImmutableStack<int>", "ImmutableStack.Create(1, 2)"), new("IGrouping<int, int>", "new[] { 1 }.GroupBy(x => x).First()"),
        new("IQueryable<int>", "new[] { 1 }.AsQueryable()"), new("IAsyncEnumerable<int>", "Streams.Numbers()", "static class Streams { public static async IAsyncEnumerable<int> Numbers() { await Task.Yield(); yield return 1; } }"),
        new("Dictionary<DayOfWeek, int>", "new() { [DayOfWeek.Friday] = 1 }"), new("Dictionary<Guid, int>", "new() { [Guid.Empty] = 1 }"), new("Dictionary<DateOnly, int>", "new() { [new DateOnly(2026, 2, 28)] = 1 }"),
        new("Dictionary<bool, int>", "new() { [true] = 1 }"), new("Dictionary<Version, int>", "new() { [new Version(1, 2)] = 1 }"), new("Dictionary<object, int>", "new() { [\"a\"] = 1 }"),
        new("Dictionary<byte[], int>", "new() { [new byte[] { 1 }] = 1 }"), new("Dictionary<Point1, int>", "new() { [new(1)] = 1 }", "record struct Point1(int X);"),
        new("BitArray", "new(3)"), new("NameValueCollection", "new() { [\"a\"] = \"b\" }"), new("Memory<int>", "new[] { 1 }.AsMemory()"), new("ReadOnlyMemory<byte>", "new byte[] { 1 }"),
        new("Rows", "new() { 1 }", "class Rows : List<int>;"), new("Page", "new() { Number = 3 }", "class Page : List<int> { public int Number { get; set; } }"),
        new("Sized", "new(3) { 1 }", "class Sized : List<int> { public Sized(int size) : base(size) { } }"), new("Named", "new() { [\"a\"] = 1 }", "class Named : Dictionary<string, int>;"),
        new("Marked", "new() { Mark = 1 }", "class Marked : Dictionary<string, int> { public int Mark; }"), new("OnlyRead", "new()", "class OnlyRead : IEnumerable<int> { public IEnumerator<int> GetEnumerator() { yield return 1; } IEnumerator IEnumerable.GetEnumerator() => GetEnumerator(); }"),
        new("IRows", "new RowsOf()", "interface IRows : IList<int>; class RowsOf : List<int>, IRows;"), new("List<Stream>", "new() { new MemoryStream() }"),
        new("Dictionary<string, Func<int>>", "new() { [\"a\"] = () => 1 }"),
    ];

    private static IEnumerable<JsonSpecimen> Objects() =>
    [
        new("Args", "new(7, new DateOnly(2026, 2, 28))", "record Args(int OrgId, DateOnly Day);"),
        new("Money", "new(5, \"EUR\")", "readonly record struct Money(decimal Amount, string Currency);"),
        new("Plain", "new() { X = 5, Y = \"a\" }", "class Plain { public int X { get; set; } public string? Y { get; init; } }"),
        new("Needs", "new() { X = 5 }", "class Needs { public required int X { get; init; } }"),
        new("Fields", "new() { X = 5 }", "class Fields { public int X; internal int Y; }"),
        new("Tree", "new(1, new() { new(2, new()) })", "record Tree(int Value, List<Tree> Below);"),
        new("Chain<int>", "new(1, new(2, null))", "record Chain<T>(T Value, Chain<T>? Next);"),
        new("Computed", "new() { X = 5 }", "class Computed { public int X { get; set; } public int Double => X * 2; public string Kind { get; } = \"computed\"; }"),
        new("Private", "Private.Of(5)", "class Private { public int X { get; private set; } public static Private Of(int x) => new() { X = x }; }"),
        new("Included", "Included.Of(5)", "class Included { [JsonInclude] public int X { get; private set; } public static Included Of(int x) => new() { X = x }; }"),
        new("OnlyGet", "new(5)", "class OnlyGet { public OnlyGet() { } public OnlyGet(int x) => X = x; public int X { get; } }"),
        new("ByConstructor", "new(5)", "class ByConstructor(int x) { public int X { get; } = x; }"),
        new("ByOtherName", "new(5)", "class ByOtherName(int y) { public int X { get; } = y; }"),
        new("ByOtherType", "new(5)", "class ByOtherType(int x) { public int? X { get; } = x; }"),
        new("ReadOnlyField", "new(5)", "class ReadOnlyField { public ReadOnlyField() { } public ReadOnlyField(int x) => X = x; public readonly int X; }"),
        new("FieldByConstructor", "new(5)", "class FieldByConstructor { public FieldByConstructor(int x) => X = x; public readonly int X; }"),
        new("StructByConstructor", "new(5)", "struct StructByConstructor(int x) { public int X { get; } = x; }"),
        new("MarkedStruct", "new(5)", "[method: JsonConstructor] struct MarkedStruct(int x) { public int X { get; } = x; }"),
        new("Hidden", "Hidden.Of()", "class Hidden { private Hidden() { } public int X { get; set; } public static Hidden Of() => new() { X = 5 }; }"),
        new("HiddenMarked", "HiddenMarked.Of()", "class HiddenMarked { [JsonConstructor] private HiddenMarked() { } public int X { get; set; } public static HiddenMarked Of() => new() { X = 5 }; }"),
        new("TwoConstructors", "new(5)", "class TwoConstructors { public TwoConstructors(int x) => X = x; public TwoConstructors(string x) { } public int X { get; set; } }"),
        new("OneMarked", "new(5)", "class OneMarked { [JsonConstructor] public OneMarked(int x) => X = x; public OneMarked(string x) { } public int X { get; set; } }"),
        new("Callback", "new() { Done = () => { } }", "class Callback { public Action? Done { get; set; } }"),
        new("IgnoredCallback", "new() { X = 5 }", "class IgnoredCallback { public int X { get; set; } [JsonIgnore] public Action? Done { get; set; } }"),
        new("ConvertedCallback", "new() { Done = CallbackConverter.Nothing }", "class ConvertedCallback { [JsonConverter(typeof(CallbackConverter))] public Action? Done { get; set; } } class CallbackConverter : JsonConverter<Action> { public static readonly Action Nothing = () => { }; public override Action Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Nothing; public override void Write(Utf8JsonWriter writer, Action value, JsonSerializerOptions options) => writer.WriteNumberValue(1); }"),
        new("Converted", "new()", "[JsonConverter(typeof(ConvertedConverter))] class Converted { public Converted() { } public Converted(int odd) { } } class ConvertedConverter : JsonConverter<Converted> { public override Converted Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(); public override void Write(Utf8JsonWriter writer, Converted value, JsonSerializerOptions options) => writer.WriteNumberValue(1); }"),
        new("ComputedStream", "new()", "class ComputedStream { public Stream Content => new MemoryStream(); }"),
        new("ComputedFace", "new()", "class ComputedFace { public IFace Face => new Face(); } interface IFace { int A { get; } } class Face : IFace { public int A => 1; }"),
        new("Spanned", "new()", "class Spanned { public ReadOnlySpan<char> Text => \"a\"; }"),
        new("Pointed", "new()", "unsafe class Pointed { public int* At { get; set; } }"),
        new("Filled", "new() { Rows = { 1 } }", "class Filled { public List<int> Rows { get; } = []; }"),
        new("FilledInterface", "new() { Rows = { 1 } }", "class FilledInterface { public IList<int> Rows { get; } = new List<int>(); }"),
        new("FilledWithConstructor", "new(\"a\") { Rows = { 1 } }", "record FilledWithConstructor(string Name) { public List<int> Rows { get; } = []; }"),
        new("InitWithConstructor", "new(\"a\") { Rows = [5] }", "record InitWithConstructor(string Name) { public List<int> Rows { get; init; } = [1]; }"),
        new("FilledObject", "new() { Inner = { X = 5 } }", "class FilledObject { public FilledInner Inner { get; } = new(); } class FilledInner { public int X { get; set; } }"),
        new("GivenList", "new(new[] { 1 })", "class GivenList { public GivenList() : this([]) { } public GivenList(IReadOnlyList<int> rows) => Rows = rows; public IReadOnlyList<int> Rows { get; } }"),
        new("GivenArray", "new(5)", "class GivenArray { public GivenArray() : this(0) { } public GivenArray(int x) => Rows = [x]; public int[] Rows { get; } }"),
        new("WithElements", "new() { Rows = [5] }", "class WithElements { public List<int> Rows { get; set; } = [1]; }"),
        new("WithElementsReplaced", "new() { Rows = [5] }", "class WithElementsReplaced { [JsonObjectCreationHandling(JsonObjectCreationHandling.Replace)] public List<int> Rows { get; set; } = [1]; }"),
        new("WithElementsOfArray", "new() { Rows = [5] }", "class WithElementsOfArray { public int[] Rows { get; set; } = [1]; public IReadOnlyList<int> More { get; set; } = [1]; }"),
        new("WithPairs", "new() { Pairs = new() { [\"b\"] = 1 } }", "class WithPairs { public Dictionary<string, int> Pairs { get; set; } = new() { [\"a\"] = 1 }; }"),
        new("FilledStack", "FilledStack.Of()", "class FilledStack { public Stack<int> Rows { get; } = new(); public static FilledStack Of() { var of = new FilledStack(); of.Rows.Push(1); of.Rows.Push(2); return of; } }"),
        new("FilledSized", "new() { Rows = { 1 } }", "class FilledSized { public SizedRows Rows { get; } = new(3); } class SizedRows : List<int> { public SizedRows(int size) : base(size) { } }"),
        new("ConstantReadOnly", "new()", "class ConstantReadOnly { public ReadOnlyCollection<int> Rows { get; } = new([1]); }"),
        new("ConstantFrozen", "new()", "class ConstantFrozen { public FrozenSet<int> Rows { get; } = new[] { 1 }.ToFrozenSet(); }"),
        new("ConstantSet", "new()", "class ConstantSet { public IReadOnlySet<int> Rows { get; } = new HashSet<int> { 1 }; }"),
        new("ConstantArray", "new()", "class ConstantArray { public int[] Rows { get; } = [1]; }"),
        new("HiddenList", "HiddenList.Of()", "class HiddenList { public List<int> Rows { get; private set; } = []; public static HiddenList Of() => new() { Rows = [1] }; }"),
        new("HiddenNull", "HiddenNull.Of()", "class HiddenNull { public List<int>? Rows { get; private set; } public static HiddenNull Of() => new() { Rows = [1] }; }"),
        new("MadeByConstructor", "new() { Rows = { 1 } }", "class MadeByConstructor { public MadeByConstructor() { Rows = new(); } public List<int> Rows { get; } }"),
        new("MadeByOtherConstructor", "new(1)", "class MadeByOtherConstructor { public MadeByOtherConstructor() { } public MadeByOtherConstructor(int x) { Rows = [x]; } public List<int>? Rows { get; } }"),
        new("BackedList", "new() { Rows = { 1 } }", "class BackedList { private readonly List<int> rows = []; public List<int> Rows => rows; }"),
        new("FilledAbstract", "new() { Inner = { X = 5 } }", "class FilledAbstract { public FilledBase Inner { get; } = new FilledOne(); } abstract class FilledBase { public int X { get; set; } } class FilledOne : FilledBase;"),
        new("SettableMarked", "new() { Inner = new(5) }", "class SettableMarked { public InnerMarked Inner { get; set; } } [method: JsonConstructor] struct InnerMarked(int x) { public int X { get; } = x; }"),
        new("NullableMarked", "new() { Inner = new(5) }", "class NullableMarked { public InnerMarked? Inner { get; set; } }"),
        new("ReplacedMarked", "new() { Inner = new(5) }", "class ReplacedMarked { [JsonObjectCreationHandling(JsonObjectCreationHandling.Replace)] public InnerMarked Inner { get; set; } }"),
        new("ParameterMarked", "new(new(5))", "record ParameterMarked(InnerMarked Inner);"),
        new("SettablePair", "new() { Inner = new(\"a\", 5) }", "class SettablePair { public KeyValuePair<string, int> Inner { get; set; } }"),
        new("SettableMoney", "new() { Inner = new(5, \"EUR\") }", "class SettableMoney { public Money Inner { get; set; } }"),
        new("SettableObject", "new() { Inner = new(5) }", "class SettableObject { public ByConstructor? Inner { get; set; } }"),
        new("InitializedObject", "new() { Inner = new(5) }", "class InitializedObject { public ByConstructor Inner { get; set; } = new(1); }"),
        new("InitializedRecord", "new() { Inner = new(7, new DateOnly(2026, 2, 28)) }", "class InitializedRecord { public Args Inner { get; set; } = new(1, default); }"),
        new("Empty", "new()", "class Empty;"),
        new("IgnoredParameter", "new(5)", "record IgnoredParameter([property: JsonIgnore] int X);"),
        new("IgnoredDefault", "new()", "record IgnoredDefault([property: JsonIgnore] int X = 3);"),
        new("LeftOut", "new(null)", "record LeftOut([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name);"),
        new("LeftOutDefault", "new()", "record LeftOutDefault([property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] string? Name = null);"),
        new("LeftOutRequired", "new() { Name = null }", "class LeftOutRequired { [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public required string? Name { get; set; } }"),
        new("LeftOutPlain", "new()", "class LeftOutPlain { [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] public string? Name { get; set; } }"),
        new("Twins", "new()", "class Twins { [JsonPropertyName(\"a\")] public int X { get; set; } [JsonPropertyName(\"a\")] public int Y { get; set; } }"),
        new("Extended", "new() { More = { [\"a\"] = JsonSerializer.SerializeToElement(1) } }", "class Extended { [JsonExtensionData] public Dictionary<string, JsonElement> More { get; set; } = []; }"),
        new("Shadowing", "new() { X = \"a\" }", "class Shadowing : Shadowed { public new string X { get; set; } = \"\"; } class Shadowed { public int X { get; set; } }"),
        new("Overriding", "new() { X = 5 }", "class Overriding : Overridden { public override int X { get; set; } } abstract class Overridden { public abstract int X { get; set; } }"),
        new("Static", "new() { X = 5 }", "class Static { public int X { get; set; } public static Action Nothing { get; } = () => { }; public event Action? Done; public int this[int place] => place; public void Raise() => Done?.Invoke(); }"),
        new("Pair<Stream>", "new(new MemoryStream(), 1)", "record Pair<T>(T One, int Other);"),
        new("ByReference", "new(5)", "class ByReference { public ByReference(in int x) => X = x; public int X { get; } }"),
    ];

    private static IEnumerable<JsonSpecimen> LeftOut()
    {
        // The default of the type, which is what is left out; and first values that are it, or are not.
        (string Condition, string Type, string Left, string[] Firsts)[] members =
        [
            ("Default", "int", "0", ["0", "9", "-9", "default", "0 * 9", "(9)"]),
            ("Default", "decimal", "0", ["0", "0m", "0.0m", "1.5m"]),
            ("Default", "double", "0", ["0.0", "0.5"]),
            ("Default", "bool", "false", ["false", "true"]),
            ("Default", "char", "'\\0'", ["'\\0'", "'a'"]),
            ("Default", "DayOfWeek", "DayOfWeek.Sunday", ["DayOfWeek.Sunday", "DayOfWeek.Friday", "System.DayOfWeek.Friday", "0"]),
            ("Default", "int?", "null", ["null", "default", "0", "9"]),
            ("Null", "int?", "null", ["null", "default(int?)", "0", "9"]),
            ("Null", "DayOfWeek?", "null", ["null", "DayOfWeek.Sunday"]),
            ("Null", "string?", "null", ["null", "null!", "default", "\"d\"", "\"\"", "$\"d\"", "string.Empty"]),
            ("Default", "string?", "null", ["null", "\"d\""]),
            ("Null", "string", "\"a\"", ["\"d\""]),
            ("Default", "string", "\"a\"", ["\"d\""]),
            ("Null", "int[]?", "null", ["null", "[1]", "new[] { 1 }"]),
            ("Null", "object?", "null", ["null", "new()", "9"]),
            ("Never", "int", "0", ["9"]),
        ];
        var number = 0;
        foreach (var (condition, type, left, firsts) in members)
        {
            var ignore = $"JsonIgnore(Condition = JsonIgnoreCondition.{(condition == "Never" ? "Never" : "WhenWriting" + condition)})";
            foreach (var first in firsts)
            {
                var name = $"LeftOut{number++}";
                yield return new(name, $"new() {{ B = {left} }}", $"class {name} {{ [{ignore}] public {type} B {{ get; set; }} = {first}; }}");
                yield return new($"{name}Field", $"new() {{ B = {left} }}", $"class {name}Field {{ [{ignore}] public {type} B = {first}; }}");
                if (first is "$\"d\"" or "string.Empty" or "[1]" or "new[] { 1 }" or "new()" || (type == "object?" && first == "9")) continue;
                yield return new($"{name}Record", $"new({left})", $"record {name}Record([property: {ignore}] {type} B = {first});");
            }
        }

        const string WhenDefault = "[JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]";
        yield return new("LeftOutOfStruct", "new() { A = 5, B = 0 }", $"struct LeftOutOfStruct {{ public LeftOutOfStruct(int b) => B = b; public int A; {WhenDefault} public int B {{ get; set; }} = 9; }}");
        yield return new("LeftOutOfBase", "new() { B = 0 }", $"class LeftOutOfBase : LeftOutInBase; class LeftOutInBase {{ {WhenDefault} public int B {{ get; set; }} = 9; }}");
        yield return new("LeftOutComputed", "new()", $"class LeftOutComputed {{ {WhenDefault} public int B => 9; }}");
        yield return new("LeftOutBesides", "new(0) { B = 0 }", $"record LeftOutBesides(int A) {{ {WhenDefault} public int B {{ get; init; }} = 9; }}");
        yield return new("LeftOutTaken", "new(0)", $"class LeftOutTaken(int b = 0) {{ {WhenDefault} public int B {{ get; set; }} = b; }}");
        yield return new("LeftOutConverted", "new() { B = 0 }", $"class LeftOutConverted {{ {WhenDefault} [JsonConverter(typeof(JsonStringEnumConverter<DayOfWeek>))] public DayOfWeek B {{ get; set; }} = DayOfWeek.Friday; }}");
        yield return new("LeftOutInside", "new() { Inner = { B = 0 } }", $"class LeftOutInside {{ public LeftOutInner Inner {{ get; }} = new(); }} class LeftOutInner {{ {WhenDefault} public int B {{ get; set; }} = 9; }}");
    }

    private static IEnumerable<JsonSpecimen> Polymorphic() =>
    [
        new("Shape", "new Circle()", "abstract class Shape; class Circle : Shape { public int R { get; set; } }"),
        new("IShape", "new Square()", "interface IShape; class Square : IShape;"),
        new("Animal", "new Cat { Lives = 9 }", "[JsonDerivedType(typeof(Cat), \"cat\")] abstract class Animal; class Cat : Animal { public int Lives { get; set; } }"),
        new("IAnimal", "new Dog { Name = \"a\" }", "[JsonDerivedType(typeof(Dog), 1)] interface IAnimal; class Dog : IAnimal { public string? Name { get; set; } }"),
        new("Unnamed", "new UnnamedOne { X = 5 }", "[JsonDerivedType(typeof(UnnamedOne))] class Unnamed; class UnnamedOne : Unnamed { public int X { get; set; } }"),
        new("Concrete", "new ConcreteOne { X = 5 }", "[JsonDerivedType(typeof(ConcreteOne), \"one\")] class Concrete; class ConcreteOne : Concrete { public int X { get; set; } }"),
        new("NoOne", "new NoOneOne()", "[JsonPolymorphic] abstract class NoOne; class NoOneOne : NoOne;"),
        new("BadOne", "new BadOneOne { Do = () => { } }", "[JsonDerivedType(typeof(BadOneOne), \"one\")] abstract class BadOne; class BadOneOne : BadOne { public Action? Do { get; set; } }"),
        new("Zoo", "new() { Animals = { new ZooCat() } }", "class Zoo { public List<ZooAnimal> Animals { get; } = []; } [JsonDerivedType(typeof(ZooCat), \"cat\")] abstract class ZooAnimal; class ZooCat : ZooAnimal;"),
        new("Cage", "new() { Inside = new Bird() }", "class Cage { public IBird? Inside { get; set; } } interface IBird; class Bird : IBird;"),
    ];

    private static IEnumerable<JsonSpecimen> OfTheFramework() =>
    [
        new("MemoryStream", "new()"), new("Exception", "new(\"a\")"), new("StringBuilder", "new(\"abc\")"), new("Task", "Task.CompletedTask"), new("System.Numerics.BigInteger", "5"),
        new("System.Numerics.Complex", "new(1, 2)"), new("System.Numerics.Vector3", "new(1, 2, 3)"), new("System.Drawing.Point", "new(1, 2)"), new("System.Drawing.Color", "System.Drawing.Color.Red"),
        new("Index", "new(3)"), new("Range", "1..3"), new("Rune", "new('a')"), new("System.Net.IPAddress", "System.Net.IPAddress.Loopback"), new("System.Globalization.CultureInfo", "System.Globalization.CultureInfo.InvariantCulture"),
        new("Lazy<int>", "new(() => 1)"), new("TimeZoneInfo", "TimeZoneInfo.Utc"), new("UriBuilder", "new(\"http://a\")"), new("System.Net.Http.HttpMethod", "System.Net.Http.HttpMethod.Get"),
        new("Encoding", "Encoding.UTF8"), new("System.Text.RegularExpressions.Regex", "new(\"a\")"), new("WeakReference<string>", "new(\"a\")"),
    ];
}
